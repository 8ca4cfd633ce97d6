//! Lists that come in pages.

use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{ApiResponse, Client, Error, Operation, Request, Result};

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Pagination {
    /// The number of this page, from 1; also of an empty list (recorded).
    pub current_page: u64,
    /// How many pages there are; 0 for an empty list (recorded), `None` for large sets.
    pub total_pages: Option<u64>,
    /// How many items there are; `None` for large sets.
    pub total: Option<u64>,
    /// How many items a full page has.
    pub per_page: Option<u64>,
    /// Whether the service has given up counting.
    pub large_set: Option<bool>,
}

impl Pagination {
    /// The number of the next page, if there is one after this page of so many items. Where the
    /// service does not count, the list goes on as long as a page is full.
    pub fn next(&self, items: usize) -> Option<u64> {
        let more = match (self.total_pages, self.per_page) {
            (Some(total_pages), _) => self.current_page < total_pages,
            (None, Some(per_page)) => items > 0 && items as u64 >= per_page,
            (None, None) => false,
        };
        self.current_page.checked_add(1).filter(|_| more)
    }
}

/// An operation that answers with one page of a list.
pub trait ListOperation: Operation + Clone {
    /// What the list consists of.
    type Item: DeserializeOwned;

    /// The key of the items in the answer.
    const ITEMS_KEY: &'static str;

    /// The page that this asks for, from 1.
    fn first_page(&self) -> u64;

    /// The same list at another page.
    fn at_page(&self, page: u64) -> Self;
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// As it came.
    pub response: ApiResponse,
    /// What it holds of the list.
    pub items: Vec<T>,
    /// Where each item stands in the response's body, in bytes.
    pub places: Vec<Range<usize>>,
}

/// The pages of a list, each fetched when it is asked for. Ends after an error.
#[derive(Debug)]
pub struct Pages<'c, O> {
    client: &'c Client,
    cursor: PageCursor<O>,
}

/// Which page of a list comes next; for callers that keep the client elsewhere.
#[derive(Clone, Debug)]
pub struct PageCursor<O> {
    operation: O,
    next: Option<u64>,
    /// Empty; what it has allocated is for the next page.
    memory: Vec<u8>,
}

impl<O: ListOperation> PageCursor<O> {
    /// Before the page that the operation asks for.
    pub fn new(operation: O) -> PageCursor<O> {
        PageCursor { next: Some(operation.first_page()), operation, memory: Vec::new() }
    }

    /// Fetches the next page as it came, without decoding its items.
    ///
    /// # Errors
    /// As the operation; there is no next page then.
    pub fn fetch_response(&mut self, client: &Client) -> Result<Option<ApiResponse>> {
        let Some(number) = self.next.take() else { return Ok(None) };
        let page = client.send_page(&self.operation.at_page(number), &mut self.memory)?;
        self.next = after(number, page.pagination, page.items.len());
        Ok(Some(page.response))
    }

    /// Takes the memory of a page that is done with, such as its body, for the next one. In a long list
    /// that saves the system from giving and taking it again and again.
    pub fn reuse(&mut self, mut memory: Vec<u8>) {
        memory.clear();
        self.memory = memory;
    }

    /// Fetches the next page, and decodes its items.
    ///
    /// # Errors
    /// As the operation; there is no next page then.
    pub fn fetch(&mut self, client: &Client) -> Result<Option<Page<O::Item>>> {
        let Some(number) = self.next.take() else { return Ok(None) };
        let page = client.send_page(&self.operation.at_page(number), &mut self.memory)?;
        let items = page.decode()?;
        self.next = after(number, page.pagination, items.len());
        Ok(Some(Page { response: page.response, items, places: page.items }))
    }
}

/// The page after the one that was asked for: a service that always calls its page the first must
/// not be asked for ever.
fn after(page: u64, pagination: Pagination, items: usize) -> Option<u64> {
    Pagination { current_page: page, ..pagination }.next(items)
}

impl<O: ListOperation> Iterator for Pages<'_, O> {
    type Item = Result<Vec<O::Item>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = self.cursor.fetch(self.client).transpose()?;
        Some(page.map(|page| page.items))
    }
}

impl Client {
    /// The pages of a list, each fetched when it is asked for.
    pub fn pages<O: ListOperation>(&self, operation: O) -> Pages<'_, O> {
        Pages { client: self, cursor: PageCursor::new(operation) }
    }

    /// The items of a list; pages are fetched as they are needed, and one is held at a time.
    pub(super) fn items<O: ListOperation>(
        &self,
        operation: O,
    ) -> impl Iterator<Item = Result<O::Item>> {
        self.pages(operation).flat_map(|page| match page {
            Ok(items) => items.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        })
    }
}

impl Request {
    /// Adds which page is wanted, and how large.
    pub(super) fn page(mut self, page: Option<u64>, per_page: Option<u64>) -> Result<Request> {
        for (key, value) in [("page", page), ("per_page", per_page)] {
            match value {
                Some(0) => {
                    return Err(Error::invalid_argument(format!(
                        "{key} must be at least 1, not 0"
                    )));
                }
                Some(value) => self = self.query(key, &value.to_string()),
                None => {}
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pagination;

    #[test]
    fn the_next_page() {
        let table = [
            // current, total pages, per page, items of this page, next
            (1, Some(0), Some(30), 0, None),
            (1, Some(1), Some(30), 30, None),
            (1, Some(2), Some(30), 30, Some(2)),
            (2, Some(2), Some(30), 1, None),
            (1, None, Some(30), 30, Some(2)),
            (7, None, Some(30), 29, None),
            (7, None, Some(30), 0, None),
            (1, None, None, 30, None),
            (u64::MAX, None, Some(1), 1, None),
        ];
        for (current_page, total_pages, per_page, items, next) in table {
            let pagination =
                Pagination { current_page, total_pages, total: None, per_page, large_set: None };
            assert_eq!(pagination.next(items), next, "{pagination:?} with {items} items");
        }
    }
}
