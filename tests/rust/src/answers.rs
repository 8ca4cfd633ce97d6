//! Calls, and their answers as they came.

use std::fmt::Debug;

use katapult_disk::{Client, Error, ListOperation, Operation, PageCursor, Result};
use serde_json::Value;

/// The body as it came, provided that it decodes to the crate's types too.
pub(crate) fn whole<O>(client: &Client, operation: &O) -> Result<Value>
where
    O: Operation<Output: Debug>,
{
    let response = client.send(operation)?;
    let decoded = response.decode::<O::Output>()?;
    // For the tests that look for secrets: how everything looks.
    log::debug!("{:?} {response:?} {decoded:?}", client.request(operation));
    Ok(parsed(response.body()))
}

/// The object that Python's `to_dict()` gives, where a body holds more.
pub(crate) fn part<O>(client: &Client, operation: &O, name: &str) -> Result<Value>
where
    O: Operation<Output: Debug>,
{
    whole(client, operation).map(|mut body| body[name].take())
}

/// All items as they came, page by page.
pub(crate) fn items<O: ListOperation>(client: &Client, list: O) -> Result<Value> {
    let mut cursor = PageCursor::new(list);
    let mut items = Vec::new();
    while let Some(page) = cursor.fetch(client)? {
        let body = page.response.body();
        let Value::Array(all) = parsed(body)[O::ITEMS_KEY].take() else {
            return Err(Error::internal("the items are no array"));
        };
        let places = page.places.into_iter().map(|place| parsed(&body[place]));
        if all.len() != page.items.len() || !all.iter().cloned().eq(places) {
            return Err(Error::internal("not every item was decoded"));
        }
        items.extend(all);
    }
    Ok(Value::Array(items))
}

/// The crate has checked that a body is JSON.
pub(crate) fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}
