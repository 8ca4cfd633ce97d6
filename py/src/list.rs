//! Lists: an iterator that fetches pages as they are needed.

use std::marker::PhantomData;

use katapult_disk::{Client, ListOperation, PageCursor};
use pyo3::prelude::*;

use crate::arguments::CallTimeout;
use crate::errors::{exception, invalid_argument};
use crate::handle::Handle;
use crate::json::Json;
use crate::object::{self, Resource};

type Page = Vec<Py<PyAny>>;
type Fetch = dyn FnMut(Python<'_>) -> PyResult<Option<Page>> + Send + Sync;

/// Iterates over a list. It holds one page at a time and the ids of all items that came, and fetches the
/// next page when it is needed. An item comes once, also when the list changes meanwhile.
#[pyclass(module = "katapult_disk._katapult_disk")]
pub(crate) struct ListIterator {
    /// What `repr` shows: which objects of which list.
    what: String,
    /// How many pages were fetched.
    pages: u64,
    fetch: Box<Fetch>,
    page: std::vec::IntoIter<Py<PyAny>>,
}

/// A list of objects of a class; in Python a [`ListIterator`].
pub(crate) struct ListOf<T> {
    iterator: ListIterator,
    items: PhantomData<T>,
}

impl<T: Resource> ListOf<T> {
    /// Checks the arguments now, and sends nothing yet. `timeout` is for each page.
    pub(crate) fn new<O>(
        py: Python<'_>,
        handle: &Handle<Client>,
        list: O,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<T>>
    where
        O: ListOperation<Item = T::Value> + Send + Sync + 'static,
        O::Item: Send,
    {
        let request = handle
            .within(timeout)
            .open(py)?
            .request_of(&list)
            .map_err(|error| exception(py, error))?;
        let what = format!("{} objects of {:?}", T::type_object(py).name()?, request.shown());
        let mut cursor = PageCursor::new(list);
        let handle = handle.within(timeout);
        let fetch = move |py: Python<'_>| fetch::<O, T>(py, &handle, &mut cursor);
        let page = Vec::new().into_iter();
        let iterator = ListIterator { what, pages: 0, fetch: Box::new(fetch), page };
        Ok(ListOf { iterator, items: PhantomData })
    }
}

impl<'py, T> IntoPyObject<'py> for ListOf<T> {
    type Target = ListIterator;
    type Output = Bound<'py, ListIterator>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.iterator.into_pyobject(py)
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
                Some(page) => {
                    list.page = page.into_iter();
                    list.pages += 1;
                }
                None => return Ok(None),
            }
        }
    }

    fn __repr__(slf: &Bound<'_, Self>) -> String {
        match slf.try_borrow() {
            Ok(list) if list.pages > 0 => {
                format!("<katapult_disk list: {}, page {}>", list.what, list.pages)
            }
            Ok(list) => format!("<katapult_disk list: {}>", list.what),
            Err(_) => "<katapult_disk list that another thread reads>".to_owned(),
        }
    }
}
