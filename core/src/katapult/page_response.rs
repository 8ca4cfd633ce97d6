//! The response that is a page of a list.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::json;
use crate::transport::HttpResponse;
use crate::{ApiResponse, Pagination, Result};

/// The response that is a page of a list.
pub(crate) struct PageResponse {
    pub(crate) response: ApiResponse,
    pub(crate) pagination: Pagination,
    items_key: &'static str,
    /// Where the items stand in the body.
    pub(crate) items: Vec<Range<usize>>,
}

impl PageResponse {
    /// A response that has to be a page of a list, looked through once.
    pub(crate) fn of(
        answer: HttpResponse,
        keys: &'static [&'static str],
        items_key: &'static str,
        call: &Call,
    ) -> Result<PageResponse> {
        let connection = answer.connection.clone();
        let mut response = ApiResponse::of_text(answer)?;
        // Most lists do not say whose they are.
        if keys.iter().any(|key| call.arguments.contains_key(*key)) {
            response = response.about(call, &connection)?;
        }
        let shape = json::page_shape(response.body(), keys, items_key)
            .map(|shape| (serde_json::from_str(shape.pagination), shape.items));
        match shape {
            Some((Ok(pagination), items)) => {
                Ok(PageResponse { response, pagination, items_key, items })
            }
            Some((Err(error), _)) => Err(response.misshapen(&json::problem(&error))),
            None => {
                let problem = format!("expected an array of objects as {items_key}");
                Err(response.checked(keys)?.misshapen(&problem))
            }
        }
    }

    /// Decodes the items. What is wrong with one is said with its place in the list.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let decode = |(number, place): (usize, &Range<usize>)| {
            serde_json::from_str(&self.response.body()[place.clone()]).map_err(|error| {
                let problem = json::problem(&error);
                self.response.misshapen(&format!("{}[{number}]: {problem}", self.items_key))
            })
        };
        // Room for all at once, which a collected `Result` does not make.
        let mut items = Vec::with_capacity(self.items.len());
        for item in self.items.iter().enumerate().map(decode) {
            items.push(item?);
        }
        Ok(items)
    }
}
