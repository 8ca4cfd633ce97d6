//! Lists: an iterator that fetches pages as they are needed.

use katapult_disk::{Client, ListOperation, PageCursor};
use pyo3::prelude::*;

use crate::errors::{exception, invalid_argument};
use crate::handle::Handle;
use crate::json::Json;
use crate::object::{self, Resource};

type Page = Vec<Py<PyAny>>;
type Fetch = dyn FnMut(Python<'_>) -> PyResult<Option<Page>> + Send + Sync;

/// Iterates over a list. It holds one page at a time, and fetches the next one when it is needed.
#[pyclass(module = "katapult_disk._katapult_disk")]
pub(crate) struct ListIterator {
    fetch: Box<Fetch>,
    page: std::vec::IntoIter<Py<PyAny>>,
}

impl ListIterator {
    /// Checks the arguments now, and sends nothing yet.
    pub(crate) fn new<O, T>(
        py: Python<'_>,
        handle: &Handle<Client>,
        list: O,
    ) -> PyResult<ListIterator>
    where
        O: ListOperation + Send + Sync + 'static,
        O::Item: Send,
        T: Resource<Value = O::Item>,
    {
        handle.open(py)?.request(&list).map_err(|error| exception(py, error))?;
        let mut cursor = PageCursor::new(list);
        let handle = handle.clone();
        let fetch = move |py: Python<'_>| fetch::<O, T>(py, &handle, &mut cursor);
        Ok(ListIterator { fetch: Box::new(fetch), page: Vec::new().into_iter() })
    }
}

fn fetch<O, T>(
    py: Python<'_>,
    handle: &Handle<Client>,
    cursor: &mut PageCursor<O>,
) -> PyResult<Option<Page>>
where
    O: ListOperation + Send,
    O::Item: Send,
    T: Resource<Value = O::Item>,
{
    let Some(page) = handle.call(py, |client| cursor.fetch(client))? else {
        return Ok(None);
    };
    let json = Json::new(page.response.into_body());
    let create =
        |(item, place)| Ok(object::create::<T>(py, item, json.at(place))?.into_any().unbind());
    page.items.into_iter().zip(page.places).map(create).collect::<PyResult<Page>>().map(Some)
}

#[pymethods]
impl ListIterator {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(slf: &Bound<'_, Self>) -> PyResult<Option<Py<PyAny>>> {
        let py = slf.py();
        let Ok(mut list) = slf.try_borrow_mut() else {
            let text =
                "the list is being read by another thread: give each thread a list of its own";
            return Err(invalid_argument(py, text));
        };
        loop {
            if let Some(item) = list.page.next() {
                return Ok(Some(item));
            }
            match (list.fetch)(py)? {
                Some(page) => list.page = page.into_iter(),
                None => return Ok(None),
            }
        }
    }
}
