//! Hints for errors in which the service does not say which object it looked for, or what to do.

use serde_json::{Map, Value};

use super::kinds::{KINDS, Kind};
use crate::call::Call;
use crate::clipped::clipped;
use crate::reference::is_id;
use crate::{AttachDisk, CreateDisk, Error, Operation as _, ResizeDisk, Status};

/// The hint for an error of a call.
pub(crate) fn of(error: &Error, call: &Call) -> Option<String> {
    if error.status() == Status::ValidationError {
        return of_validation(error, call);
    }
    let kind = KINDS.iter().find(|kind| kind.not_found == error.status())?;
    let (key, value) = find(&call.arguments, kind.member)?.as_object()?.iter().next()?;
    let value = value.as_str()?;
    let mut hint = match what_is_wrong(kind, key, value) {
        Some(wrong) => wrong,
        // The message has the id of what the call is about.
        None if key == "id" && call.object_id().as_deref() == Some(value) => return None,
        None => format!("looked for the {} with the {key} {:?}", kind.member, clipped(value)),
    };
    if key == "fqdn" && !value.contains('.') {
        hint += "; an fqdn has dots, such as web-1.acme.example: a short name is not enough";
    } else if let Some(shown_by) = kind.shown_by {
        hint = hint + "; " + shown_by;
    }
    Some(hint)
}

/// What is known to be wrong with a value, without asking the service.
fn what_is_wrong(kind: &Kind, key: &str, value: &str) -> Option<String> {
    let shown = clipped(value);
    if value.trim() != value {
        let place = if value.trim_end() == value { "beginning" } else { "end" };
        return Some(format!("{shown:?} has a blank or a line break at its {place}"));
    }
    if key != "id" || kind.prefixes.is_empty() {
        return None;
    }
    let (words, begin) = (kind.words, kind.prefixes.join(" or "));
    match Kind::of_id(value) {
        Some(other) if other.not_found == kind.not_found => None,
        Some(other) if kind.not_found == Status::TrashObjectNotFound => Some(format!(
            "{shown} is {}'s id, not {words}'s: for what was deleted give {{\"object_id\": \"{shown}\"}}",
            other.words
        )),
        Some(other) => {
            Some(format!("{shown} is {}'s id; {words}'s begins with {begin}", other.words))
        }
        // Of a kind that this library does not know.
        None if is_id(value) => None,
        None if kind.begins(value) => {
            Some(format!("{shown:?} is not an id: {words}'s is {begin} and 16 letters or digits"))
        }
        None => Some(format!("{shown:?} is not an id: {words}'s begins with {begin}")),
    }
}

/// The hint for what the service has found invalid.
fn of_validation(error: &Error, call: &Call) -> Option<String> {
    let errors = error.detail()?.get("errors")?.as_array()?;
    let errors = errors.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase);
    let is_any = |is_it: fn(&str) -> bool| errors.clone().any(|text| is_it(&text));
    let hint = if call.name == CreateDisk::NAME
        && find(&call.arguments, "data_center").is_none()
        && is_any(|text| text.starts_with("data center"))
    {
        "give data_center with the call or to the client, or set KATAPULT_DATA_CENTER"
    } else if call.name != ResizeDisk::NAME || !is_any(|text| text.contains("detached")) {
        return None;
    } else if call.arguments.get("resize_method").is_some_and(|method| method == "online") {
        "while it is attached, it can only grow: detach it first"
    } else {
        "give the method online, which leaves the file system to the virtual machine, or detach it first"
    };
    Some(hint.to_owned())
}

/// The hint for the failed task of an operation: the API gives no reason.
pub(crate) fn of_task(error: &Error, operation: &str) -> Option<String> {
    let is_attach = error.status() == Status::TaskFailed && operation == AttachDisk::NAME;
    is_attach.then(|| {
        "is the virtual machine started? To one that is stopped, ensure_disk_attached has the next start attach it"
            .into()
    })
}

/// The hint where a task has brought a disk of the size `has` to no other one.
pub(crate) fn of_size(has: Option<u64>, wanted: u64) -> Option<String> {
    has.is_some_and(|has| has > wanted).then(|| {
        "the service does not shrink a disk without a file system: its task completes, and the size stays".into()
    })
}

/// The member of this name, at any depth.
fn find<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let within = || members.values().find_map(|member| find(member.as_object()?, name));
    members.get(name).or_else(within)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use ureq::http::Method;

    use super::of;
    use crate::call::Call;
    use crate::{Error, Outcome, Status};

    fn hint(status: Status, path: &'static str, arguments: Value) -> Option<String> {
        let name = path.rsplit('/').next().unwrap();
        hint_of(&Error::new(status, Outcome::Rejected, "None found"), name, path, arguments)
    }

    fn hint_of(
        error: &Error,
        name: &'static str,
        path: &'static str,
        arguments: Value,
    ) -> Option<String> {
        let arguments = arguments.as_object().cloned().unwrap();
        of(error, &Call { name, method: Method::GET, path, arguments })
    }

    #[test]
    fn the_hint_has_the_name_that_was_looked_for() {
        let short = json!({"disk": {"id": "disk_x"}, "virtual_machine": {"fqdn": "web-1"}});
        let machine = |given| hint(Status::VirtualMachineNotFound, "/disks/disk/assign", given);
        let expected = "looked for the virtual_machine with the fqdn \"web-1\"; an fqdn has dots";
        assert!(machine(short).unwrap().starts_with(expected));
        let whole = json!({"virtual_machine": {"fqdn": "web-1.acme.example"}});
        let expected = "looked for the virtual_machine with the fqdn \"web-1.acme.example\"; \
                        list_virtual_machines shows fqdns and ids";
        assert_eq!(machine(whole).unwrap(), expected);
        let inner = json!({"properties": {"data_center": {"permalink": "uk-lon-1"}}});
        assert_eq!(machine(inner.clone()), None);
        let expected = "looked for the data_center with the permalink \"uk-lon-1\"; \
                        list_data_centers shows the permalinks";
        assert_eq!(hint(Status::DataCenterNotFound, "", inner).unwrap(), expected);
    }

    #[test]
    fn what_is_wrong_with_an_id_is_told() {
        const DISK: &str = "disk_QZ1zXhyGX2Xw4nVt";
        let table = [
            (
                Status::DiskNotFound,
                "disk",
                "data",
                "\"data\" is not an id: a disk's begins with disk_; list_disks",
            ),
            (
                Status::DiskNotFound,
                "disk",
                "vm_QZ1zXhyGX2Xw4nVt",
                "vm_QZ1zXhyGX2Xw4nVt is a virtual machine's id; a disk's begins with disk_; list_disks",
            ),
            (
                Status::DiskNotFound,
                "disk",
                " disk_QZ1zXhyGX2Xw4nVt",
                "has a blank or a line break at its beginning",
            ),
            (
                Status::DiskNotFound,
                "disk",
                "disk_QZ1zXhyGX2Xw4nVt\n",
                "\\n\" has a blank or a line break at its end",
            ),
            (
                Status::TaskNotFound,
                "task",
                "task_nope",
                "a task's is task_ and 16 letters or digits",
            ),
            (Status::TaskNotFound, "task", DISK, "is a disk's id; a task's begins with task_"),
            (
                Status::DataCenterNotFound,
                "data_center",
                DISK,
                "is a disk's id; a data center's begins with dc_ or loc_",
            ),
            (
                Status::TrashObjectNotFound,
                "trash_object",
                DISK,
                "for what was deleted give {\"object_id\": \"disk_QZ1zXhyGX2Xw4nVt\"}",
            ),
        ];
        for (status, member, id, expected) in table {
            let hint = hint(status, "/x/x", json!({member: {"id": id}})).unwrap();
            assert!(hint.contains(expected), "{hint}");
        }
        let whole = |path| hint(Status::DiskNotFound, path, json!({"disk": {"id": DISK}}));
        assert_eq!(whole("/disks/disk"), None, "the message has it");
        assert!(whole("/x/x").unwrap().starts_with("looked for the disk with the id"));
        let unknown = json!({"disk": {"id": "new_QZ1zXhyGX2Xw4nVt"}});
        assert_eq!(
            hint(Status::DiskNotFound, "/disks/disk", unknown),
            None,
            "of no kind that is known"
        );
    }

    #[test]
    fn a_missing_data_center_says_how_to_give_one() {
        let error = |text| {
            Error::new(Status::ValidationError, Outcome::Rejected, "Invalid")
                .with_detail(Some(json!({"errors": [text]})))
        };
        let of = |text, arguments| hint_of(&error(text), "create_disk", "", arguments);
        let without = json!({"properties": {"name": "data"}});
        let hint = of("Data center can't be blank", without.clone()).unwrap();
        assert!(hint.starts_with("give data_center"));
        let with = json!({"properties": {"data_center": {"id": "x"}}});
        assert_eq!(of("Data center can't be blank", with), None);
        assert_eq!(of("Name can't be blank", without), None);
    }

    #[test]
    fn a_resize_of_an_attached_disk_says_how_it_can_be_done() {
        let error = Error::new(Status::ValidationError, Outcome::Rejected, "Invalid")
            .with_detail(Some(json!({"errors": ["Disk must be detached to be resized offline"]})));
        let of = |arguments| hint_of(&error, "resize_disk", "", arguments);
        assert!(of(json!({"size_in_gb": 40})).unwrap().starts_with("give the method online"));
        assert!(of(json!({"resize_method": "online"})).unwrap().contains("it can only grow"));
    }
}
