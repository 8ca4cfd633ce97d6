//! Disks as lists show them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::work::{Caller, Look, Seen, Wanted};
use crate::{
    ApiResponse, DiskState, DiskSummary, ListDisks, ListOperation, PageCursor, Pagination, Result,
};

/// The most that a page has.
pub(super) const PAGE: u64 = 200;

/// Reads a list once, page by page, as long as `each` goes on: the item, and its JSON. Where the list changes
/// meanwhile, items may be missing or come twice: it is for looks, which are repeated.
pub(super) fn glance<O: ListOperation>(
    caller: &Caller<'_>,
    list: &O,
    mut each: impl FnMut(O::Item, &str, &Pagination) -> ControlFlow<()>,
) -> Result<()> {
    let mut memory = Vec::new();
    let mut next = Some(1);
    while let Some(number) = next {
        let until = caller.patience.request_deadline();
        let (_, page) = caller.client.send_page(list, Some(number), until, &mut memory)?;
        let body = page.response.body();
        let items = page.decode::<O::Item>()?;
        next = Pagination { current_page: number, ..page.pagination }.next(items.len());
        for (item, place) in items.into_iter().zip(page.items) {
            if each(item, &body[place], &page.pagination).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Looks for disks in a list until all were seen: how, `judge` says of each and of its JSON.
pub(super) fn look_for(
    caller: &Caller<'_>,
    list: &ListDisks,
    wanted: &Wanted,
    judge: impl Fn(&DiskSummary, &str) -> Seen,
) -> Result<Look> {
    let mut left: HashSet<&str> = wanted.ids.iter().map(|id| id.as_str()).collect();
    let mut look = Look::default();
    glance(caller, list, |disk, json, _| {
        if left.remove(disk.id.as_str()) {
            let seen = judge(&disk, json);
            look.seen.insert(disk.id, seen);
        }
        if left.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(look)
}

/// Reads a whole list: the items that are there all the time come exactly once, each with its JSON.
pub(super) fn each_item<O: ListOperation>(
    caller: &Caller<'_>,
    list: O,
    mut each: impl FnMut(O::Item, &str),
) -> Result<()> {
    let mut cursor = PageCursor::new(list);
    while let Some(page) = cursor.fetch_until(caller.client, caller.patience.request_deadline())? {
        let body = page.response.body();
        for (item, place) in page.items.into_iter().zip(page.places) {
            each(item, &body[place]);
        }
    }
    Ok(())
}

/// A response that shows one disk of a list.
pub(super) fn response_of(disk_json: &str) -> ApiResponse {
    ApiResponse::of(format!("{{\"disk\":{disk_json}}}"))
}

/// A disk that a list has shown, without what nobody needs any more.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) size_in_gb: Option<u64>,
    pub(super) state: Option<DiskState>,
    json: Box<str>,
}

impl Listed {
    pub(super) fn new(disk: DiskSummary, json: &str) -> Listed {
        let DiskSummary { id, size_in_gb, state, .. } = disk;
        Listed { id: id.into(), size_in_gb, state, json: json.into() }
    }

    pub(super) fn response(&self) -> ApiResponse {
        response_of(&self.json)
    }

    pub(super) fn is_built(&self) -> bool {
        self.state == Some(DiskState::Built)
    }
}

/// All disks of the client's organization.
pub(super) fn all_disks() -> ListDisks {
    ListDisks { per_page: Some(PAGE), ..ListDisks::default() }
}

/// So few disks are read one by one.
const FEW: usize = 2;

/// Lists all disks of the client's organization, as long as `each` goes on, unless reading `total` disks one by
/// one is cheaper. How many requests the whole list takes; `usize::MAX` if reading is cheaper.
pub(super) fn look_at_all(
    caller: &Caller<'_>,
    total: Option<usize>,
    mut each: impl FnMut(DiskSummary, &str) -> ControlFlow<()>,
) -> Result<usize> {
    let total = total.unwrap_or(usize::MAX);
    if total <= FEW {
        return Ok(usize::MAX);
    }
    let mut cost = 1;
    glance(caller, &all_disks(), |disk, json, pagination| {
        let pages = pagination
            .total_pages
            .map_or(cost, |pages| usize::try_from(pages).unwrap_or(usize::MAX).max(1));
        cost = if pages >= total { usize::MAX } else { pages.max(1) };
        if cost == usize::MAX { ControlFlow::Break(()) } else { each(disk, json) }
    })?;
    Ok(cost)
}
