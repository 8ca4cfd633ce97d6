//! The response that is a page of a list.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::json;
use crate::transport::HttpResponse;
use crate::{ApiResponse, Pagination, Result};

/// In bytes.
const BETWEEN_LOOKS: usize = 256 << 10;

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
    ) -> Result<PageResponse> {
        let response = ApiResponse::of_text(answer)?;
        let shape = json::page_shape(response.body(), keys, items_key, &|| response.look())
            .map_err(|error| response.at_a_limit(error))?
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
        let body = self.response.body();
        // Room for all at once, which a collected `Result` does not make.
        let mut items = Vec::with_capacity(self.items.len());
        let mut looked_at = 0;
        for (number, place) in self.items.iter().enumerate() {
            if place.end - looked_at > BETWEEN_LOOKS {
                self.response.look().map_err(|error| self.response.at_a_limit(error))?;
                looked_at = place.start;
            }
            let place_in_list = || format!("{}[{number}]: ", self.items_key);
            items.push(self.response.decode_part(&body[place.clone()], place_in_list)?);
        }
        Ok(items)
    }
}
