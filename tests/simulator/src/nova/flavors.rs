//! The one flavor that all servers have, as Nova's documents show flavors.

use serde_json::{Value, json};

use super::Call;
use super::answer::{Answer, Fault};
use crate::python_json::python_json;

pub(super) const FLAVOR_ID: &str = "1";
const NAME: &str = "sim.small";

pub(super) fn list(call: &Call<'_>) -> Answer {
    let flavor = json!({
        "id": FLAVOR_ID,
        "name": NAME,
        "links": call.links.to("flavors", FLAVOR_ID),
    });
    Answer::Ok(python_json(&json!({ "flavors": [flavor] })))
}

pub(super) fn detail(call: &Call<'_>) -> Answer {
    Answer::Ok(python_json(&json!({ "flavors": [view(call)] })))
}

pub(super) fn get(call: &Call<'_>, id: &str) -> Result<Answer, Fault> {
    if id != FLAVOR_ID {
        return Err(Fault::not_found(format!("Flavor {id} could not be found.")));
    }
    Ok(Answer::Ok(python_json(&json!({ "flavor": view(call) }))))
}

fn view(call: &Call<'_>) -> Value {
    let mut flavor = json!({
        "id": FLAVOR_ID,
        "name": NAME,
        "ram": 2048,
        "disk": 10,
        "swap": if call.minor() >= 75 { json!(0) } else { json!("") },
        "OS-FLV-EXT-DATA:ephemeral": 0,
        "OS-FLV-DISABLED:disabled": false,
        "vcpus": 1,
        "os-flavor-access:is_public": true,
        "rxtx_factor": 1.0,
        "links": call.links.to("flavors", FLAVOR_ID),
    });
    if call.minor() >= 55 {
        flavor["description"] = Value::Null;
    }
    if call.minor() >= 61 {
        flavor["extra_specs"] = json!({});
    }
    flavor
}

/// How a server shows it.
pub(super) fn of_server(call: &Call<'_>) -> Value {
    if call.minor() >= 47 {
        return json!({
            "vcpus": 1,
            "ram": 2048,
            "disk": 10,
            "ephemeral": 0,
            "swap": 0,
            "original_name": NAME,
            "extra_specs": {},
        });
    }
    json!({ "id": FLAVOR_ID, "links": [call.links.bookmark_to("flavors", FLAVOR_ID)] })
}
