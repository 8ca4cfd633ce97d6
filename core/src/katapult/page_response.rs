//! The response that is a page of a list.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::call::Call;
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
        call: &Call,
    ) -> Result<PageResponse> {
        let connection = answer.connection.clone();
        let mut response = ApiResponse::of_text(answer)?;
        let shape = json::page_shape(response.body(), keys, items_key, &|| response.look())
            .map_err(|error| response.at_a_limit(error))?
            .map(|shape| (serde_json::from_str(shape.pagination), shape.items));
        match shape {
            Some((Ok(pagination), items)) => {
                // Most lists do not say whose they are.
                if keys.iter().any(|key| call.arguments.contains_key(*key)) {
                    response = response.about(call, &connection)?;
                }
                Ok(PageResponse { response, pagination, items_key, items })
            }
            Some((Err(error), _)) => Err(response.misshapen(&json::problem(&error))),
            None => {
                let problem = format!("expected an array of objects as {items_key}");
                Err(response.checked(keys)?.misshapen(&problem))
            }
        }
    }

    /// What tells the items apart: their ids, which stand at `way`; of an item without one its text.
    pub(crate) fn ids(&self, way: &'static [&'static str]) -> impl ExactSizeIterator<Item = &str> {
        self.items.iter().map(|place| json_scan::id(&self.response.body()[place.clone()], way))
    }

    /// Cuts the items at these places out of the page, as if the service had not sent them.
    pub(crate) fn leave_out(&mut self, repeated: &[usize]) {
        let (Some(first), Some(last)) = (self.items.first(), self.items.last()) else { return };
        if repeated.is_empty() {
            return;
        }
        let body = self.response.body();
        let mut shorter = body[..first.start].to_owned();
        let (mut places, mut repeated) = (Vec::new(), repeated.iter().peekable());
        for (number, place) in self.items.iter().enumerate() {
            if repeated.next_if_eq(&&number).is_some() {
                continue;
            }
            if !places.is_empty() {
                shorter.push(',');
            }
            let start = shorter.len();
            shorter.push_str(&body[place.clone()]);
            places.push(start..shorter.len());
        }
        shorter.push_str(&body[last.end..]);
        self.response.replace_body(shorter);
        self.items = places;
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

#[cfg(test)]
mod tests {
    use super::PageResponse;
    use crate::{ApiResponse, Pagination};

    #[test]
    fn items_are_cut_out() {
        let body = r#"{"disk": [ {"id":1} , {"id":2},{"id":3} ], "x": 1}"#;
        for (repeated, expected) in [
            (&[][..], body),
            (&[0], r#"{"disk": [ {"id":2},{"id":3} ], "x": 1}"#),
            (&[1], r#"{"disk": [ {"id":1},{"id":3} ], "x": 1}"#),
            (&[0, 2], r#"{"disk": [ {"id":2} ], "x": 1}"#),
            (&[0, 1, 2], r#"{"disk": [  ], "x": 1}"#),
        ] {
            let items = body.match_indices("{\"id").map(|(start, _)| start..start + 8).collect();
            let pagination = Pagination {
                current_page: 1,
                total_pages: None,
                total: None,
                per_page: None,
                large_set: None,
            };
            let response = ApiResponse::of(body.to_owned());
            let mut page = PageResponse { response, pagination, items_key: "disk", items };
            page.leave_out(repeated);
            assert_eq!(page.response.body(), expected);
            let left: Vec<&str> = page.ids(&["id"]).collect();
            let kept = ["1", "2", "3"].into_iter().enumerate();
            let kept = kept.filter(|(place, _)| !repeated.contains(place)).map(|(_, id)| id);
            assert_eq!(left, kept.collect::<Vec<_>>());
        }
    }
}
