//! Hints for errors in which the service does not say which object it looked for.

use serde_json::{Map, Value};

use crate::clipped::clipped;
use crate::{CreateDisk, Error, Operation as _, Status};

/// The objects that a call may name, with the status if the object does not exist.
const NAMED: [(&str, Status); 7] = [
    ("virtual_machine", Status::VirtualMachineNotFound),
    ("data_center", Status::DataCenterNotFound),
    ("organization", Status::OrganizationNotFound),
    ("io_profile", Status::DiskIoProfileNotFound),
    ("disk_template", Status::DiskTemplateNotFound),
    ("operating_system", Status::OperatingSystemNotFound),
    ("trash_object", Status::TrashObjectNotFound),
];

/// The hint for an error of an operation. `arguments` are what was sent.
pub(crate) fn of(error: &Error, operation: &str, arguments: &Map<String, Value>) -> Option<String> {
    let status = error.status();
    if status == Status::ValidationError && operation == CreateDisk::NAME {
        let errors = error.detail()?.get("errors")?.as_array()?;
        let is_about_data_center = |error: &Value| {
            error.as_str().is_some_and(|text| text.to_ascii_lowercase().starts_with("data center"))
        };
        let is_missing = find(arguments, "data_center").is_none();
        return (is_missing && errors.iter().any(is_about_data_center)).then(|| {
            "give data_center with the call or to the client, or set KATAPULT_DATA_CENTER".into()
        });
    }
    let (name, _) = NAMED.iter().find(|(_, not_found)| *not_found == status)?;
    let (key, value) = find(arguments, name)?.as_object()?.iter().next()?;
    let value = value.as_str()?;
    let looked_for = format!("looked for the {name} with the {key} {:?}", clipped(value));
    Some(if key == "fqdn" && !value.contains('.') {
        looked_for + "; an fqdn has dots, such as web-1.acme.example: a short name is not enough"
    } else {
        looked_for
    })
}

/// The member of this name, at any depth.
fn find<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let within = || members.values().find_map(|member| find(member.as_object()?, name));
    members.get(name).or_else(within)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;
    use crate::{Error, Outcome, Status};

    #[test]
    fn the_hint_has_the_name_that_was_looked_for() {
        let error = Error::new(Status::VirtualMachineNotFound, Outcome::Rejected, "None found");
        let short = json!({"disk": {"id": "disk_x"}, "virtual_machine": {"fqdn": "web-1"}});
        let hint = of(&error, "assign_disk", short.as_object().unwrap()).unwrap();
        assert!(
            hint.starts_with("looked for the virtual_machine with the fqdn \"web-1\"; an fqdn")
        );
        let whole = json!({"virtual_machine": {"fqdn": "web-1.acme.example"}});
        let hint = of(&error, "assign_disk", whole.as_object().unwrap()).unwrap();
        assert_eq!(hint, "looked for the virtual_machine with the fqdn \"web-1.acme.example\"");
        let inner = json!({"properties": {"data_center": {"permalink": "uk-lon-1"}}});
        assert_eq!(of(&error, "create_disk", inner.as_object().unwrap()), None);
        let error = Error::new(Status::DataCenterNotFound, Outcome::Rejected, "None found");
        let hint = of(&error, "create_disk", inner.as_object().unwrap()).unwrap();
        assert_eq!(hint, "looked for the data_center with the permalink \"uk-lon-1\"");
    }

    #[test]
    fn a_missing_data_center_says_how_to_give_one() {
        let error = Error::new(Status::ValidationError, Outcome::Rejected, "Invalid")
            .with_detail(Some(json!({"errors": ["Data center can't be blank"]})));
        let without = json!({"properties": {"name": "data"}});
        assert!(
            of(&error, "create_disk", without.as_object().unwrap())
                .unwrap()
                .starts_with("give data_center")
        );
        let with = json!({"properties": {"data_center": {"id": "x"}}});
        assert_eq!(of(&error, "create_disk", with.as_object().unwrap()), None);
        let error = error.with_detail(Some(json!({"errors": ["Name can't be blank"]})));
        assert_eq!(of(&error, "create_disk", without.as_object().unwrap()), None);
    }
}
