//! How mistakes in the arguments are answered: the texts of the vendor's framework.

use serde_json::{Value, json};

use super::argument::Argument;
use super::error::ApiError;

/// Which argument it is, and where it is: `path` names the objects that it is in, and itself.
pub(super) struct Place<'a> {
    pub(super) set: &'a str,
    pub(super) argument: &'a Argument,
    pub(super) path: Vec<&'static str>,
}

pub(super) enum Issue {
    ObjectExpected,
    ArrayExpected,
    InvalidScalar,
    ParseError(&'static str),
    ValidationErrors(&'static str),
    InvalidEnumValue,
    MissingLookupValue,
    AmbiguousLookupValues,
}

pub(super) fn invalid_json_body(problem: &serde_json::Error) -> ApiError {
    let description = "The JSON body provided with this request is invalid";
    ApiError::bad_request("invalid_json_body", description)
        .with_detail(json!({ "details": problem.to_string() }))
}

impl Place<'_> {
    pub(super) fn missing(&self) -> ApiError {
        let (path, Argument { name, description, .. }) = (&self.path, self.argument);
        let text =
            format!("The '{}' argument is required but has not been provided", path.join("."));
        ApiError::bad_request("missing_required_argument", text).with_detail(json!({
            "path": path,
            "argument": { "name": name, "description": description },
        }))
    }

    /// `index` is that of an array's element.
    pub(super) fn invalid(&self, issue: Issue, index: Option<usize>) -> ApiError {
        let (path, Argument { name, description, .. }) = (&self.path, self.argument);
        let text = format!("The '{}' argument is invalid", path.join("."));
        let (issue, issue_description, errors) = issue.told();
        let id = format!("CoreAPI/{}/{}Argument", self.set, camel_case(name));
        ApiError::bad_request("invalid_argument", text).with_detail(json!({
            "path": path,
            "index": index,
            "issue": issue,
            "issue_description": issue_description,
            "errors": errors,
            "argument": { "id": id, "name": name, "description": description },
        }))
    }
}

impl Issue {
    /// Its name, what the framework says of it, and the errors. Of some issues it says nothing.
    fn told(self) -> (&'static str, Option<&'static str>, Value) {
        match self {
            Self::ObjectExpected => ("object_expected", None, json!([])),
            Self::ArrayExpected => ("array_expected", None, json!([])),
            Self::InvalidScalar => (
                "invalid_scalar",
                Some(
                    "The value provided was not of an appropriate type for the scalar that was \
                     requested. For example, you may have passed a string where an integer was \
                     required etc...",
                ),
                json!([]),
            ),
            Self::ParseError(message) => (
                "parse_error",
                Some(
                    "The value provided could not be parsed into an appropriate value by the \
                     server. For example, if a date was expected and the value could not be \
                     interpretted as such.",
                ),
                json!([message]),
            ),
            Self::ValidationErrors(error) => ("validation_errors", None, json!([error])),
            Self::InvalidEnumValue => (
                "invalid_enum_value",
                Some("The value provided was not one of the options suitable for the enum."),
                json!([]),
            ),
            Self::MissingLookupValue => (
                "missing_lookup_value",
                Some(
                    "A value for a lookup argument set has not been provided but at least one \
                     value is required.",
                ),
                json!([]),
            ),
            Self::AmbiguousLookupValues => (
                "ambiguous_lookup_values",
                Some(
                    "More than one value has been provided for a lookup argument set. Only one \
                     option may be provided.",
                ),
                json!([]),
            ),
        }
    }
}

/// `SizeInGb` of `size_in_gb`.
fn camel_case(name: &str) -> String {
    let capitalized = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    name.split('_').map(capitalized).collect()
}
