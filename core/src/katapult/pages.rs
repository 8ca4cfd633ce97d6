//! Lists that come in pages.

use std::mem;
use std::ops::Range;

use super::page_response::PageResponse;
use super::rounds::{MOST_ROUNDS, Next, Noted, Rounds};
use crate::call;
use crate::transport::Until;
use crate::{ApiResponse, Client, Error, ListItem as _, ListOperation, Outcome, Result, Status};

/// A page that was fetched.
#[derive(Debug)]
#[non_exhaustive]
pub struct FetchedPage<T> {
    /// As it came, without the items that an earlier page had.
    pub response: ApiResponse,
    /// What it holds of the list.
    pub items: Vec<T>,
    /// Where each item stands in the response's body, in bytes.
    pub places: Vec<Range<usize>>,
}

/// The pages of a list, each fetched when it is asked for. Ends after an error. Each item comes once,
/// also when the list changes meanwhile: see [`Client::pages`].
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
    rounds: Rounds,
    /// Empty; what it has allocated is for the next page.
    memory: Vec<u8>,
}

impl<O: ListOperation> PageCursor<O> {
    /// Before the page that the operation asks for.
    pub fn new(operation: O) -> PageCursor<O> {
        PageCursor { next: Next::First, rounds: Rounds::default(), operation, memory: Vec::new() }
    }

    /// Fetches the next page as it came, without decoding its items. Items that an earlier page had are
    /// cut out of it.
    ///
    /// # Errors
    /// As the operation; there is no next page then.
    pub fn fetch_response(&mut self, client: &Client) -> Result<Option<ApiResponse>> {
        Ok(self.fetch_page(client, Until::CallTimeout)?.map(|page| page.response))
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
        self.fetch_until(client, Until::CallTimeout)
    }

    /// [`PageCursor::fetch`], perhaps as a part of a wait or workflow, whose timeout then governs it.
    pub(crate) fn fetch_until(
        &mut self,
        client: &Client,
        until: Until,
    ) -> Result<Option<FetchedPage<O::Item>>> {
        let Some(page) = self.fetch_page(client, until)? else { return Ok(None) };
        let items = page.decode().map_err(|error| {
            self.next = Next::None;
            call::in_operation(error, &self.operation)
        })?;
        Ok(Some(FetchedPage { response: page.response, items, places: page.items }))
    }

    fn fetch_page(&mut self, client: &Client, until: Until) -> Result<Option<PageResponse>> {
        let client = &client.as_one_call();
        loop {
            let number = match mem::replace(&mut self.next, Next::None) {
                Next::First => None,
                Next::Page(number) => Some(number),
                Next::TooManyRounds => return Err(self.too_many_rounds()),
                Next::None => return Ok(None),
            };
            let (number_there, mut page) =
                client.send_page(&self.operation, number, until, &mut self.memory)?;
            let Noted { next, repeated } =
                self.rounds.note(number_there, &page.pagination, page.ids(O::Item::ID));
            self.next = next;
            page.leave_out(&repeated);
            // An empty list has a page, too.
            if number.is_none() || !page.items.is_empty() {
                return Ok(Some(page));
            }
            self.reuse(page.response.into_body().into_bytes());
        }
    }

    fn too_many_rounds(&self) -> Error {
        let text = format!(
            "the list changed each of the {MOST_ROUNDS} times that it was read, so that items may have \
             been missed: list again when less is created and deleted"
        );
        let error = Error::new(Status::InvalidResponse, Outcome::Unknown, text);
        call::in_operation(error, &self.operation)
    }
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
    /// Items may be deleted and created while the list is read. Where that changes how many there are,
    /// the pages shift, and the list is read again from its first page, until nothing changes; what came
    /// before does not come again. So each item that is there all the time comes exactly once, although
    /// not in the service's order then. (Unless others delete one and create one between two pages: the
    /// service's count stays the same, and nothing tells that the pages have shifted.) The ids of all
    /// items are held, not the items.
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
