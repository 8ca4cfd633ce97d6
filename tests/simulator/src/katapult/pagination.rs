//! Pages of lists.

use serde::Serialize;

use super::argument::{Argument, Kind};
use super::arguments::Arguments;
use super::error::ApiError;

pub(super) const PAGE: Argument = Argument::new("page", Kind::Count(None)).or(1);
/// recorded: 30 without it, and 200 is honoured. The vendor's framework rejects more.
pub(super) const PER_PAGE: Argument = Argument::new("per_page", Kind::Count(Some(200))).or(30);

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
    let current_page: usize = arguments.required("page")?;
    let per_page: usize = arguments.required("per_page")?;
    let total = Some(items.len()).filter(|_| !large_set);
    let total_pages = total.map(|total| total.div_ceil(per_page));
    let first = (current_page - 1).saturating_mul(per_page);
    let page = items.into_iter().skip(first).take(per_page).collect();
    Ok((Pagination { current_page, total_pages, total, per_page, large_set }, page))
}
