//! Pages of lists.

use serde::Serialize;

use super::arguments::Arguments;
use super::error::ApiError;

/// recorded.
pub(super) const PER_PAGE: usize = 30;

/// recorded: 200 is honoured. The vendor's framework rejects more, and calls the reason so.
const MAX_PER_PAGE: usize = 200;
const TOO_MANY: &str = "less_than_or_equal_to_one_hundred";

#[derive(Serialize)]
pub(super) struct Pagination {
    current_page: usize,
    total_pages: Option<usize>,
    total: Option<usize>,
    per_page: usize,
    large_set: bool,
}

/// The page that is asked for. recorded: an empty list has no pages, and `current_page` is 1 all
/// the same. document: a large set has neither number.
pub(super) fn paginate<T>(
    items: Vec<T>,
    arguments: &Arguments,
    large_set: bool,
) -> Result<(Pagination, Vec<T>), ApiError> {
    let current_page = arguments.number("page", 1)?.max(1);
    let per_page = arguments.number("per_page", PER_PAGE)?.max(1);
    if per_page > MAX_PER_PAGE {
        return Err(ApiError::invalid_argument("per_page", TOO_MANY));
    }
    let total = Some(items.len()).filter(|_| !large_set);
    let total_pages = total.map(|total| total.div_ceil(per_page));
    let first = (current_page - 1).saturating_mul(per_page);
    let page = items.into_iter().skip(first).take(per_page).collect();
    Ok((Pagination { current_page, total_pages, total, per_page, large_set }, page))
}
