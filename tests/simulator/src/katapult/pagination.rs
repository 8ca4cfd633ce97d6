//! Pages of lists.

use serde::Serialize;

use super::arguments::Arguments;
use super::error::ApiError;

#[derive(Serialize)]
pub(super) struct Pagination {
    current_page: usize,
    total_pages: usize,
    total: usize,
    per_page: usize,
    large_set: bool,
}

/// The page that is asked for. recorded: an empty list has no pages, and `current_page` is 1 all
/// the same.
pub(super) fn paginate<T>(
    items: Vec<T>,
    arguments: &Arguments,
) -> Result<(Pagination, Vec<T>), ApiError> {
    let current_page = arguments.number("page", 1)?.max(1);
    let per_page = arguments.number("per_page", 30)?.max(1);
    let total = items.len();
    let total_pages = total.div_ceil(per_page);
    let first = (current_page - 1).saturating_mul(per_page);
    let page = items.into_iter().skip(first).take(per_page).collect();
    Ok((Pagination { current_page, total_pages, total, per_page, large_set: false }, page))
}
