//! The parameters of a request, from wherever they come.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, header};
use serde_json::{Map, Value};

use super::argument_error;
use super::error::ApiError;
use super::nested_query::{self, Malformed};

type Tree = Map<String, Value>;

/// The query, a form over it, and the JSON body over both, whatever the method. Without the content
/// type of JSON a body is none; then `_arguments` may hold the JSON text.
pub(super) async fn of(request: Request) -> Result<Tree, ApiError> {
    let (parts, body) = request.into_parts();
    // The body is in memory already: it cannot be too long, and reading it cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());

    let mut parameters = nested_query::tree(parts.uri.query().unwrap_or_default())?;
    if is_form(&parts.method, content_type) {
        parameters.append(&mut nested_query::tree(&String::from_utf8_lossy(&body))?);
    }
    let arguments = if content_type.is_some_and(|kind| kind.starts_with("application/json")) {
        json_object(&body)?
    } else if let Some(Value::String(text)) = parameters.get("_arguments") {
        json_object(text.as_bytes())?
    } else {
        return Ok(parameters);
    };
    merge(&mut parameters, arguments);
    Ok(parameters)
}

fn is_form(method: &Method, content_type: Option<&str>) -> bool {
    let kind = content_type.and_then(|value| value.split([';', ',']).next()).map(str::trim);
    match kind {
        None | Some("") => *method == Method::POST,
        Some(kind) => kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"),
    }
}

/// JSON that is no object counts as an empty one, like no text at all.
fn json_object(text: &[u8]) -> Result<Tree, ApiError> {
    if text.is_empty() {
        return Ok(Tree::new());
    }
    match serde_json::from_slice(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Ok(Tree::new()),
        Err(error) => Err(argument_error::invalid_json_body(&error)),
    }
}

/// Objects are merged, and anything else is replaced.
fn merge(into: &mut Tree, over: Tree) {
    for (name, value) in over {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(known)), Value::Object(members)) => merge(known, members),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

/// Not documented: here the framework has no answer of its own.
impl From<Malformed> for ApiError {
    fn from(Malformed: Malformed) -> Self {
        Self::unhandled_exception()
    }
}
