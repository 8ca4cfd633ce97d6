//! Lists that come in pages.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::Range;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::page_response::PageResponse;
use crate::call;
use crate::{
    ApiResponse, Client, DiskBackupPolicy, DiskIoProfile, DiskSummary, DiskTemplate,
    DiskTemplateVersion, Operation, Response, Result, TrashObject, VirtualMachineDisk,
    VirtualMachineSummary,
};

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
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

/// What lists consist of.
pub trait ListItem: DeserializeOwned + fmt::Debug {
    /// The key of the items in a page.
    const KEY: &'static str;

    /// The top-level keys that every page has.
    const PAGE_KEYS: &'static [&'static str] = &["pagination", Self::KEY];
}

impl ListItem for DiskSummary {
    // The API's key is singular.
    const KEY: &'static str = "disk";
}

impl ListItem for VirtualMachineDisk {
    const KEY: &'static str = "disks";
}

impl ListItem for VirtualMachineSummary {
    const KEY: &'static str = "virtual_machines";
}

impl ListItem for DiskIoProfile {
    const KEY: &'static str = "disk_io_profiles";
}

impl ListItem for DiskTemplate {
    const KEY: &'static str = "disk_templates";
}

impl ListItem for DiskTemplateVersion {
    const KEY: &'static str = "disk_template_versions";
    const PAGE_KEYS: &'static [&'static str] = &["disk_template", "pagination", Self::KEY];
}

impl ListItem for DiskBackupPolicy {
    const KEY: &'static str = "disk_backup_policies";
}

impl ListItem for TrashObject {
    const KEY: &'static str = "trash_objects";
}

/// One page of a list, as a response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// What it holds of the list.
    pub items: Vec<T>,
}

impl<T: ListItem> Response for Page<T> {
    const KEYS: &'static [&'static str] = T::PAGE_KEYS;
}

impl<'de, T: ListItem> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(PageVisitor(PhantomData))
    }
}

struct PageVisitor<T>(PhantomData<T>);

impl<'de, T: ListItem> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with pagination and {}", T::KEY)
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut members: A,
    ) -> std::result::Result<Page<T>, A::Error> {
        let (mut pagination, mut items) = (None, None);
        while let Some(key) = members.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "pagination" => pagination = Some(members.next_value()?),
                key if key == T::KEY => items = Some(members.next_value()?),
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Page {
            pagination: pagination.ok_or_else(|| A::Error::missing_field("pagination"))?,
            items: items.ok_or_else(|| A::Error::missing_field(T::KEY))?,
        })
    }
}

/// An operation that answers with one page of a list: every one whose response is a [`Page`].
pub trait ListOperation: Operation<Output = Page<Self::Item>> {
    /// What the list consists of.
    type Item: ListItem;
}

impl<T: ListItem, O: Operation<Output = Page<T>>> ListOperation for O {
    type Item = T;
}

/// A page that was fetched.
#[derive(Debug)]
#[non_exhaustive]
pub struct FetchedPage<T> {
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
    next: Next,
    /// Empty; what it has allocated is for the next page.
    memory: Vec<u8>,
}

impl<O: ListOperation> PageCursor<O> {
    /// Before the page that the operation asks for.
    pub fn new(operation: O) -> PageCursor<O> {
        PageCursor { next: Next::First, operation, memory: Vec::new() }
    }

    /// Fetches the next page as it came, without decoding its items.
    ///
    /// # Errors
    /// As the operation; there is no next page then.
    pub fn fetch_response(&mut self, client: &Client) -> Result<Option<ApiResponse>> {
        Ok(self.fetch_page(client)?.map(|page| page.response))
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
    pub fn fetch(&mut self, client: &Client) -> Result<Option<FetchedPage<O::Item>>> {
        let Some(page) = self.fetch_page(client)? else { return Ok(None) };
        let items = page.decode().map_err(|error| {
            self.next = Next::None;
            call::in_operation(error, &self.operation)
        })?;
        Ok(Some(FetchedPage { response: page.response, items, places: page.items }))
    }

    fn fetch_page(&mut self, client: &Client) -> Result<Option<PageResponse>> {
        let number = match mem::replace(&mut self.next, Next::None) {
            Next::First => None,
            Next::Page(number) => Some(number),
            Next::None => return Ok(None),
        };
        let (number, page) = client.send_page(&self.operation, number, &mut self.memory)?;
        // The page that was asked for: a service that calls each page the first would be asked for forever.
        let pagination = Pagination { current_page: number, ..page.pagination };
        self.next = pagination.next(page.items.len()).map_or(Next::None, Next::Page);
        Ok(Some(page))
    }
}

/// The page that a cursor fetches next.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// The one that the operation asks for.
    First,
    /// The one with this number.
    Page(u64),
    /// No other: the list has ended, or failed.
    None,
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
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for page in client.pages(katapult_disk::ListDisks::default()) {
    ///     println!("{} disks", page?.len());
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
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
