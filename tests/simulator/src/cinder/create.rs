//! Creating an empty volume: name, description, size, metadata. What else a body says about it is
//! ignored.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Call;
use super::answer::{Answer, Fault};
use super::volume_view::detailed;
use crate::python_repr::python_repr;
use crate::state::{NewVolume, State, new_uuid};

pub(super) fn create(state: &mut State, call: &Call, body: &[u8]) -> Result<Answer, Fault> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| Fault::bad_request("Malformed request body".into()))?;
    let wanted = body
        .get("volume")
        .filter(|volume| volume.is_object())
        .ok_or_else(|| Fault::bad_request("'volume' is a required property".into()))?;
    let size_in_gb = size(&wanted["size"])?;
    let metadata = metadata(&wanted["metadata"])?;
    let project = call.caller.project.filter(|_| call.caller.user.may_write());
    let project = project.ok_or_else(|| Fault::policy("volume:create"))?;
    let text = |name: &str| wanted[name].as_str().map(str::to_owned);
    let volume = state.start_creating_volume(NewVolume {
        id: new_uuid(),
        name: text("name").unwrap_or_default(),
        description: text("description"),
        size_in_gb,
        metadata,
        region: call.region,
        project_id: project.id,
        user_id: call.caller.user.id,
    });
    Ok(Answer::accepted(Some(json!({ "volume": detailed(volume, call) }))))
}

fn size(given: &Value) -> Result<u64, Fault> {
    let size = given.as_u64().or_else(|| given.as_str()?.parse().ok());
    size.filter(|size| (1..=65_536).contains(size)).ok_or_else(|| {
        Fault::bad_request(format!(
            "Invalid input received: Volume size '{}' must be an integer and greater than 0",
            python_repr(given).trim_matches('\'')
        ))
    })
}

fn metadata(given: &Value) -> Result<BTreeMap<String, String>, Fault> {
    if given.is_null() {
        return Ok(BTreeMap::new());
    }
    let parsed = serde_json::from_value(given.clone());
    parsed.map_err(|_| {
        Fault::bad_request(format!(
            "Invalid input for field/attribute metadata. Value: {0}. {0} is not an object of texts",
            python_repr(given)
        ))
    })
}
