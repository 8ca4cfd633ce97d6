//! The environment variables with which clients find the simulator.

use serde_json::{Map, Value, json};

/// Where their values stand in the description.
const VARIABLES: [(&str, &str); 18] = [
    ("KATAPULT_API_URL", "/katapult_url"),
    ("KATAPULT_API_TOKEN", "/api_token"),
    // The names of the vendor's Terraform provider.
    ("KATAPULT_API_KEY", "/api_token"),
    ("KATAPULT_TF_DEBUG_API_URL", "/openstack_url"),
    ("KATAPULT_ORGANIZATION", "/organization"),
    ("KATAPULT_DATA_CENTER", "/data_center"),
    ("KATAPULT_SIM_CONTROL_URL", "/control_url"),
    ("KATAPULT_SIM_CONTROL_TOKEN", "/control_token"),
    ("OS_AUTH_URL", "/auth_url"),
    ("OS_USERNAME", "/username"),
    ("OS_PASSWORD", "/password"),
    ("OS_PROJECT_NAME", "/project_name"),
    ("OS_USER_DOMAIN_NAME", "/user_domain_name"),
    ("OS_PROJECT_DOMAIN_NAME", "/project_domain_name"),
    ("OS_REGION_NAME", "/region_name"),
    // What the examples work on.
    ("KATAPULT_VIRTUAL_MACHINE", "/virtual_machine/fqdn"),
    ("OS_SERVER_ID", "/server_id"),
    ("OS_VOLUME_ID", "/volume_id"),
];

/// As a member of the description.
pub(super) fn environment(description: &Value) -> Value {
    let mut environment: Map<_, _> = VARIABLES
        .iter()
        .map(|(name, place)| ((*name).to_owned(), json!(description.pointer(place))))
        .collect();
    environment.insert("OS_IDENTITY_API_VERSION".into(), json!("3"));
    environment.into()
}
