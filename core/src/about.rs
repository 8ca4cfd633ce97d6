//! An answer is about what was asked: the objects in it that the call named are those. A connection that is
//! out of step, or a cache on the way, answers with another's.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::call::Call;
use crate::clipped::clipped;
use crate::json::raw_member;
use crate::{Request, Result};

/// The way to a text in an answer: names of members, `*` for every item of a list, and nothing.
type Place<'a> = [&'a str; 4];

/// What a call names, and where its answer repeats that, if at all.
#[derive(Clone, Copy)]
struct Repeated<'a> {
    /// For messages.
    what: &'a str,
    asked: &'a str,
    place: Place<'a>,
    is_same: fn(&str, &str) -> bool,
}

/// What is not repeated under the name of its argument: operation, argument, place.
const ELSEWHERE: [(&str, &str, Place<'_>); 11] = [
    ("delete_disk", "disk", ["trash_object", "object_id", "", ""]),
    ("assign_disk", "virtual_machine", ["disk", "virtual_machine_disk", "virtual_machine", "id"]),
    ("create_disk_backup_policy", "disk", POLICY_TARGET),
    ("create_disk_backup_policy", "virtual_machine", POLICY_TARGET),
    ("get_volume_attachment", "server_id", ["volumeAttachment", "serverId", "", ""]),
    ("get_volume_attachment", "volume_id", ["volumeAttachment", "volumeId", "", ""]),
    ("list_volume_attachments", "server_id", ["volumeAttachments", "*", "serverId", ""]),
    ("list_instance_actions", "server_id", ["instanceActions", "*", "instance_uuid", ""]),
    ("get_server", "server_id", ["server", "id", "", ""]),
    ("get_instance_action", "server_id", ["instanceAction", "instance_uuid", "", ""]),
    ("get_instance_action", "request_id", ["instanceAction", "request_id", "", ""]),
];
const POLICY_TARGET: Place<'_> = ["disk_backup_policy", "target", "target", "id"];

/// What the answer to a call has to repeat. An object that a call of Katapult names by a key stands in the
/// answer under the same name and with the same key, or not at all (recorded).
fn repeated(call: &Call) -> impl Iterator<Item = Repeated<'_>> {
    call.arguments.iter().flat_map(move |(what, argument)| {
        let (key, asked) = key_and_value(argument).unwrap_or_default();
        let is_same: fn(&str, &str) -> bool = match key {
            "" => is_same_uuid,
            "id" | "object_id" => |asked, found| asked == found,
            _ => is_same_name,
        };
        let of = move |place| Repeated { what, asked, place, is_same };
        let own = (!key.is_empty()).then(|| of([what.as_str(), key, "", ""]));
        let elsewhere = ELSEWHERE
            .iter()
            .filter(move |(operation, argument, _)| *operation == call.name && argument == what)
            // A machine that was named by its fqdn has that there, too.
            .map(move |(.., place)| of(place.map(|name| if name == "id" { key } else { name })));
        own.into_iter().chain(elsewhere)
    })
}

/// Katapult's `{"id": "disk_…"}`, or an id alone, which has no key.
fn key_and_value(argument: &Value) -> Option<(&str, &str)> {
    match argument {
        Value::String(id) => Some(("", id)),
        Value::Object(pair) => {
            let (key, value) = pair.iter().next()?;
            Some((key, value.as_str()?))
        }
        _ => None,
    }
}

/// Neither capitals nor the dot at the end of an fqdn make another name.
pub(crate) fn is_same_name(asked: &str, found: &str) -> bool {
    asked.trim_end_matches('.').eq_ignore_ascii_case(found.trim_end_matches('.'))
}

/// Neither capitals nor hyphens make another UUID.
pub(crate) fn is_same_uuid(asked: &str, found: &str) -> bool {
    let digits = |id: &str| id.replace('-', "").to_ascii_lowercase();
    digits(asked) == digits(found)
}

/// Whether a member of an answer clearly repeats what it has to. If not, [`contradiction`] decides.
pub(crate) fn is_clear(call: &Call, name: &str, value: &str) -> bool {
    let is_said = |repeated: Repeated<'_>| says(value, &repeated.place[1..], repeated.asked);
    !name.contains('\\') && repeated(call).filter(|repeated| repeated.place[0] == name).all(is_said)
}

/// Whether the text at `place` in an object is `asked`, written without escapes.
fn says(object: &str, place: &[&str], asked: &str) -> bool {
    let [key, rest @ ..] = place else { return false };
    // The object was checked already.
    json_scan::member(object, key).is_some_and(|value| match rest {
        [] | ["", ..] => {
            value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) == Some(asked)
        }
        _ => says(value, rest, asked),
    })
}

/// What an answer says about another object than the one that was asked for.
pub(crate) fn contradiction(call: &Call, answer: &str) -> Option<String> {
    repeated(call).find_map(|repeated| {
        let found = texts_at(answer, &repeated.place);
        let other = found.iter().find(|found| !(repeated.is_same)(repeated.asked, found))?;
        Some(another(repeated.what, repeated.asked, other))
    })
}

pub(crate) fn another(what: &str, asked: &str, found: &str) -> String {
    let what = what.strip_suffix("_id").unwrap_or(what).replace('_', " ");
    format!(
        "the response is about another {what}: {}, and {} was asked for; it may be the answer to another \
         request",
        clipped(found),
        clipped(asked)
    )
}

/// The texts at a place. What is absent, or no text, contradicts nothing.
fn texts_at(json: &str, place: &[&str]) -> Vec<String> {
    match place {
        [] | ["", ..] => serde_json::from_str(json).into_iter().collect(),
        ["*", rest @ ..] => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            items.iter().flat_map(|item| texts_at(item.get(), rest)).collect()
        }
        [key, rest @ ..] => {
            let member = raw_member(json, key);
            member.map_or_else(Vec::new, |member| texts_at(member.get(), rest))
        }
    }
}

/// Makes an exchange. A read that was answered with another object is made once more: of the one that was
/// asked for that says nothing, and on another connection the answer may be right.
pub(crate) fn exchange<T>(
    request: &Request,
    mut exchange: impl FnMut(&Request) -> Result<T>,
) -> Result<T> {
    match exchange(request) {
        Err(error) if error.is_about_another() && request.is_read() => exchange(request),
        other => other,
    }
}

/// An error that is about another object: something in the trash that is a disk, and not the one that was
/// asked for.
pub(crate) fn contradiction_of_error(call: &Call, detail: Option<&Value>) -> Option<String> {
    let in_trash = detail?.get("trash_object")?.get("object_id")?.as_str()?;
    let (key, asked) = key_and_value(call.arguments.get("disk")?)?;
    let is_disk = |id: &str| id.starts_with("disk_");
    let is_another = key == "id" && is_disk(in_trash) && is_disk(asked) && in_trash != asked;
    is_another.then(|| another("disk", asked, in_trash))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use ureq::http::Method;

    use super::{contradiction, contradiction_of_error, is_clear};
    use crate::call::Call;

    fn call(name: &'static str, arguments: Value) -> Call {
        let arguments = arguments.as_object().cloned().unwrap();
        Call { name, method: Method::GET, path: "/disks/disk", arguments }
    }

    /// Whether the quick way is sure, and whether there is a contradiction.
    fn judged(call: &Call, answer: &Value) -> (bool, bool) {
        let mut clear = answer.as_object().unwrap().iter();
        let clear = clear.all(|(name, value)| is_clear(call, name, &value.to_string()));
        let contradiction = contradiction(call, &answer.to_string());
        assert!(!(clear && contradiction.is_some()), "{contradiction:?}");
        (clear, contradiction.is_some())
    }

    #[test]
    fn katapult() {
        let by_id = |what: &str| json!({what: {"id": "a"}});
        let machine =
            |key: &str, value: &str| json!({"disk": {"id": "a"}, "virtual_machine": {key: value}});
        let assigned = |id: &str| json!({"disk": {"id": "a", "virtual_machine_disk": {"virtual_machine": {"id": id}}}});
        const SAME: (bool, bool) = (true, false);
        const ABSENT: (bool, bool) = (false, false);
        const OTHER: (bool, bool) = (false, true);
        let table = [
            ("get_disk", by_id("disk"), json!({"disk": {"name": "x", "id": "a"}}), SAME),
            ("get_disk", by_id("disk"), json!({"disk": {"id": "b"}}), OTHER),
            ("get_disk", by_id("disk"), json!({"disk": {"id": null}}), ABSENT),
            ("get_disk", by_id("disk"), json!({"disk": null}), ABSENT),
            ("get_task", by_id("task"), json!({"task": {"id": "b"}}), OTHER),
            ("attach_disk", by_id("disk"), json!({"disk": {"id": "a"}, "task": {"id": "b"}}), SAME),
            ("purge_trash_object", by_id("trash_object"), json!({"task": {"id": "b"}}), SAME),
            (
                "delete_disk",
                by_id("disk"),
                json!({"disk": {"id": "a"}, "trash_object": {"id": "t", "object_id": "a"}}),
                SAME,
            ),
            (
                "delete_disk",
                by_id("disk"),
                json!({"disk": {"id": "a"}, "trash_object": {"id": "t", "object_id": "b"}}),
                OTHER,
            ),
            (
                "delete_disk",
                by_id("disk"),
                json!({"disk": {"id": "a"}, "trash_object": {"id": "t"}}),
                ABSENT,
            ),
            (
                "get_trash_object",
                json!({"trash_object": {"object_id": "a"}}),
                json!({"trash_object": {"id": "t", "object_id": "b"}}),
                OTHER,
            ),
            ("assign_disk", machine("id", "m"), assigned("m"), SAME),
            ("assign_disk", machine("id", "m"), assigned("n"), OTHER),
            ("assign_disk", machine("fqdn", "m.x"), assigned("n"), ABSENT),
            (
                "get_virtual_machine",
                json!({"virtual_machine": {"fqdn": "Web.acme.example."}}),
                json!({"virtual_machine": {"id": "m", "fqdn": "web.acme.example"}}),
                ABSENT,
            ),
            (
                "get_virtual_machine",
                json!({"virtual_machine": {"fqdn": "web.acme.example"}}),
                json!({"virtual_machine": {"id": "m", "fqdn": "db.acme.example"}}),
                OTHER,
            ),
            (
                "create_disk_backup_policy",
                by_id("disk"),
                json!({"disk_backup_policy": {"id": "p", "target": {"target": {"id": "b"}}}}),
                OTHER,
            ),
            (
                "list_disk_template_versions",
                json!({"disk_template": {"permalink": "x"}, "page": 1}),
                json!({"disk_template": {"id": "t", "permalink": "y"}}),
                OTHER,
            ),
        ];
        for (name, arguments, answer, expected) in table {
            assert_eq!(judged(&call(name, arguments), &answer), expected, "{name}: {answer}");
        }
    }

    #[test]
    fn openstack() {
        let ids = || json!({"server_id": "5e0f-1a", "volume_id": "5E0F1B"});
        let attachment =
            |server: &str, volume: &str| json!({"serverId": server, "volumeId": volume});
        let one = |server, volume| json!({"volumeAttachment": attachment(server, volume)});
        let all = |server| json!({"volumeAttachments": [attachment("5e0f1A", "x"), attachment(server, "y")]});
        let action = |id: &str| json!({"instanceAction": {"request_id": id, "message": "Error"}});
        let table = [
            ("get_volume_attachment", ids(), one("5e0f-1a", "5e0f-1b"), false),
            ("get_volume_attachment", ids(), one("5e0f-1a", "5e0f-1c"), true),
            ("get_volume_attachment", ids(), one("5e0f-1c", "5e0f-1b"), true),
            ("get_volume_attachment", ids(), json!({"volumeAttachment": {"volumeId": 7}}), false),
            ("list_volume_attachments", ids(), all("5e0f-1a"), false),
            ("list_volume_attachments", ids(), all("5e0f-1b"), true),
            ("get_instance_action", json!({"request_id": "req-1"}), action("req-1"), false),
            ("get_instance_action", json!({"request_id": "req-1"}), action("req-2"), true),
        ];
        for (name, arguments, answer, is_other) in table {
            assert_eq!(judged(&call(name, arguments), &answer).1, is_other, "{name}: {answer}");
        }
    }

    #[test]
    fn an_answer_in_an_odd_form_is_understood() {
        let call = call("get_disk", json!({"disk": {"id": "disk_a"}}));
        let same = r#"{"d\u0069sk": {"\u0069d": "disk\u005fa"}}"#;
        assert!(!is_clear(&call, "d\\u0069sk", r#"{"\u0069d": "disk\u005fa"}"#));
        assert_eq!(contradiction(&call, same), None);
        assert!(contradiction(&call, &same.replace("5fa", "5fb")).unwrap().contains("disk_b"));
    }

    #[test]
    fn an_error_about_another_disk() {
        let call = call("get_disk", json!({"disk": {"id": "disk_a"}}));
        let trash = |id: &str| json!({"trash_object": {"id": "t", "object_id": id}});
        assert_eq!(contradiction_of_error(&call, Some(&trash("disk_a"))), None);
        assert_eq!(contradiction_of_error(&call, Some(&trash("vm_a"))), None);
        assert_eq!(contradiction_of_error(&call, Some(&json!({"trash_object": null}))), None);
        assert_eq!(contradiction_of_error(&call, None), None);
        let text = contradiction_of_error(&call, Some(&trash("disk_b"))).unwrap();
        assert!(text.contains("another disk: disk_b, and disk_a was asked for"), "{text}");
    }
}
