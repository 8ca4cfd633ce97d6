//! What is in the body of a request, and what Nova's schemas say about it.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::answer::Fault;
use crate::python_repr::{python_repr, python_str};

type Result<T> = std::result::Result<T, Fault>;

/// The JSON of a body. Of Nova's source: an empty one is a null, and so it needs no type.
pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Value> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    match content_type.trim() {
        "application/json" | "application/vnd.openstack.compute+json" => {
            let malformed = |_| Fault::bad_request("Malformed request body".into());
            serde_json::from_slice(body).map_err(malformed)
        }
        "" | "text/plain" => Err(Fault::bad_request("Malformed request body".into())),
        _ => Err(Fault::unsupported_media_type()),
    }
}

/// What is wanted of a volume attachment.
pub(super) struct AttachmentBody {
    pub(super) volume_id: String,
    /// The letters at its end.
    pub(super) device: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) delete_on_termination: Option<bool>,
}

/// The members that a request may have beside the volume.
pub(super) struct Schema {
    pub(super) members: &'static [&'static str],
    /// `/v2` ignores what it does not know.
    pub(super) is_lax: bool,
}

impl Schema {
    pub(super) fn attachment(&self, body: &Value) -> Result<AttachmentBody> {
        let top =
            body.as_object().ok_or_else(|| Fault::bad_request(not_of_type(body, "object")))?;
        let given = top.get("volumeAttachment").map(|given| self.members_of(given)).transpose()?;
        let given = given.ok_or_else(|| Fault::bad_request(missing("volumeAttachment")))?;
        self.refuse_others(top, &["volumeAttachment"], Fault::bad_request)?;
        Ok(given)
    }

    fn members_of(&self, given: &Value) -> Result<AttachmentBody> {
        let field = "volumeAttachment";
        let members = given
            .as_object()
            .ok_or_else(|| invalid(field, given, &not_of_type(given, "object")))?;
        let volume_id = members.get("volumeId").map(volume_id).transpose()?;
        let wanted = |name: &&str| self.members.contains(name);
        let member = |name: &'static str| Some(name).filter(wanted).and_then(|it| members.get(it));
        let body = AttachmentBody {
            device: member("device").map(device).transpose()?.flatten(),
            tag: member("tag").map(tag).transpose()?,
            delete_on_termination: member("delete_on_termination").map(boolean).transpose()?,
            volume_id: volume_id.ok_or_else(|| invalid(field, given, &missing("volumeId")))?,
        };
        self.refuse_others(members, &[&["volumeId"], self.members].concat(), |message| {
            invalid(field, given, &message)
        })?;
        Ok(body)
    }

    fn refuse_others(
        &self,
        members: &Map<String, Value>,
        known: &[&str],
        fault: impl Fn(String) -> Fault,
    ) -> Result<()> {
        let others: Vec<_> = members
            .keys()
            .filter(|name| !self.is_lax && !known.contains(&name.as_str()))
            .map(|name| python_repr(&Value::from(name.as_str())))
            .collect();
        if others.is_empty() {
            return Ok(());
        }
        let verb = if others.len() == 1 { "was" } else { "were" };
        Err(fault(format!(
            "Additional properties are not allowed ({} {verb} unexpected)",
            others.join(", ")
        )))
    }
}

fn volume_id(value: &Value) -> Result<String> {
    let text = text("volumeId", value)?;
    let digits = text.trim_start_matches("urn:").trim_start_matches("uuid:");
    let digits = digits.trim_matches(['{', '}']).replace('-', "");
    if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("{} is not a 'uuid'", python_repr(value));
        return Err(invalid("volumeId", value, &message));
    }
    Ok(text.to_owned())
}

fn device(value: &Value) -> Result<Option<String>> {
    const PATTERN: &str = "(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$";

    if value.is_null() {
        return Ok(None);
    }
    let Some(text) = value.as_str() else {
        return Err(invalid("device", value, &not_of_type(value, "string', 'null")));
    };
    let letters = device_letters(text).ok_or_else(|| {
        let message = format!("{} does not match '{PATTERN}'", python_repr(value));
        invalid("device", value, &message)
    })?;
    Ok(Some(letters.to_owned()))
}

/// The `b` of `/dev/sdb`, `/dev/xvdb` or `/dev/sdb1`.
fn device_letters(device: &str) -> Option<&str> {
    let name = device.strip_prefix("/dev/")?.trim_end_matches(|c: char| c.is_ascii_digit());
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let or_whole = |rest: &'_ str| !rest.is_empty();
    let name = name.strip_prefix('x').filter(|rest| or_whole(rest)).unwrap_or(name);
    let name = name.get(1..).filter(|rest| or_whole(rest)).unwrap_or(name);
    Some(name.strip_prefix('d').filter(|rest| or_whole(rest)).unwrap_or(name))
}

fn tag(value: &Value) -> Result<String> {
    let text = text("tag", value)?;
    let shown = python_repr(value);
    let problem = match text.chars().count() {
        0 => Some(format!("{shown} should be non-empty")),
        61.. => Some(format!("{shown} is too long")),
        _ if text.contains([',', '/']) => Some(format!("{shown} does not match '^[^,/]*$'")),
        _ => None,
    };
    problem.map_or_else(|| Ok(text.to_owned()), |problem| Err(invalid("tag", value, &problem)))
}

fn boolean(value: &Value) -> Result<bool> {
    const YES: [&str; 12] =
        ["True", "TRUE", "true", "1", "ON", "On", "on", "YES", "Yes", "yes", "y", "t"];
    const NO: [&str; 12] =
        ["False", "FALSE", "false", "0", "OFF", "Off", "off", "NO", "No", "no", "n", "f"];

    let field = "delete_on_termination";
    match value {
        Value::Bool(value) => Ok(*value),
        Value::String(text) if YES.contains(&text.as_str()) => Ok(true),
        Value::String(text) if NO.contains(&text.as_str()) => Ok(false),
        Value::String(_) => {
            let quoted = |texts: [&str; 12]| texts.map(|text| format!("'{text}'")).join(", ");
            let all = format!("[True, {}, False, {}]", quoted(YES), quoted(NO));
            Err(invalid(field, value, &format!("{} is not one of {all}", python_repr(value))))
        }
        _ => Err(invalid(field, value, &not_of_type(value, "boolean', 'string"))),
    }
}

fn text<'a>(field: &str, value: &'a Value) -> Result<&'a str> {
    value.as_str().ok_or_else(|| invalid(field, value, &not_of_type(value, "string")))
}

fn missing(name: &str) -> String {
    format!("'{name}' is a required property")
}

fn not_of_type(value: &Value, kind: &str) -> String {
    format!("{} is not of type '{kind}'", python_repr(value))
}

fn invalid(field: &str, value: &Value, message: &str) -> Fault {
    let value = python_str(value);
    Fault::bad_request(format!(
        "Invalid input for field/attribute {field}. Value: {value}. {message}"
    ))
}

#[cfg(test)]
mod tests {
    use super::device_letters;

    #[test]
    fn devices() {
        for (device, letters) in [
            ("/dev/sdb", Some("b")),
            ("/dev/vdaa", Some("aa")),
            ("/dev/xvdc1", Some("c")),
            ("/dev/hd", Some("d")),
            ("/dev/b", Some("b")),
            ("/dev/", None),
            ("/dev/1", None),
            ("/dev/SDB", None),
            ("sdb", None),
            ("/dev/sdb/x", None),
        ] {
            assert_eq!(device_letters(device), letters, "{device}");
        }
    }
}
