//! Whether an error of Nova is about what was asked: its messages name servers and volumes.

use crate::about::{another, is_same_uuid};
use crate::call::Call;
use crate::{Error, Status};

/// What a message says about another server or volume than those of the call, such as
/// `Instance … is not attached to volume …`. A word that is no UUID says nothing.
pub(super) fn contradiction(call: &Call, message: &str) -> Option<String> {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let argument = match pair[0].to_ascii_lowercase().as_str() {
            "instance" | "server" => "server_id",
            "volume" => "volume_id",
            _ => return None,
        };
        let asked = call.arguments.get(argument)?.as_str()?;
        let named = pair[1].trim_matches(|c: char| !c.is_ascii_alphanumeric());
        (is_uuid(named) && !is_same_uuid(asked, named)).then(|| another(argument, asked, named))
    })
}

/// Nova says "is not attached to volume" of every id that it does not find among a server's volumes, so
/// also of an attached volume's id without its hyphens, of a name and so on (captured).
pub(super) fn without_doubtful_absence(call: &Call, error: Error) -> Error {
    let volume_id = call.arguments.get("volume_id").and_then(|id| id.as_str());
    match volume_id.filter(|id| !is_uuid(id)) {
        Some(id) if error.status() == Status::OpenstackVolumeNotAttached => {
            error.with_status(Status::OpenstackNotFound).with_hint(Some(no_volume_id(id)))
        }
        _ => error,
    }
}

/// What is wrong with an id that is no UUID.
pub(super) fn no_volume_id(id: &str) -> String {
    format!("{id} is not a volume's id, which is a UUID with its hyphens")
}

pub(super) fn is_uuid(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let is_part = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_part)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use ureq::http::Method;

    use super::contradiction;
    use crate::call::Call;

    #[test]
    fn a_message_about_another_server_or_volume() {
        const SERVER: &str = "e8f4e841-ebef-44c8-8bdd-c14931bb440a";
        const VOLUME: &str = "90cd4bee-2063-4145-8d2b-571197d91d6f";
        const OTHER: &str = "00000000-0000-4000-8000-000000000000";
        let arguments = json!({"server_id": SERVER, "volume_id": VOLUME});
        let arguments = arguments.as_object().cloned().unwrap();
        let call = Call { name: "detach_volume", method: Method::DELETE, path: "", arguments };
        let table = [
            (format!("Instance {SERVER} is not attached to volume {VOLUME}"), false),
            (format!("Instance {SERVER} is not attached to volume {OTHER}"), true),
            (format!("Instance {OTHER} is not attached to volume {VOLUME}"), true),
            (format!("Volume {} could not be found.", VOLUME.to_uppercase()), false),
            (format!("Volume {OTHER} could not be found."), true),
            (
                format!("Cannot 'detach_volume' instance {OTHER} while it is in vm_state error"),
                true,
            ),
            (format!("Volume attachment {OTHER} could not be found."), false),
            (format!("Unable to detach volume. (HTTP 400) (Request-ID: req-{OTHER})"), false),
            ("Volume abc could not be found.".to_owned(), false),
        ];
        for (message, is_other) in table {
            assert_eq!(contradiction(&call, &message).is_some(), is_other, "{message}");
        }
    }
}
