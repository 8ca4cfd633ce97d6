//! One page of a list.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::{ListItem, Operation, Response};

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
