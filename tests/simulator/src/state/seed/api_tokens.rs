//! The tokens of Katapult.

use serde_json::{Value, json};

use super::{ORGANIZATION, OTHER_ORGANIZATION};
use crate::state::{ApiTokens, Grant};

/// Of the main organization, and without limits.
const API_TOKENS: [&str; 3] = [
    "katapult-sim-token-5Jx0sVq8Yb",
    "katapult-sim-token-Hc81TzKe3w",
    "katapult-sim-token-q7NvY4mB2d",
];
const READ_ONLY_TOKEN: &str = "katapult-sim-read-only-t3Lw6ZkPaS";
const LIMITED_TOKEN: &str = "katapult-sim-limited-Xe9RuD2vGn";
const TWO_ORGANIZATIONS_TOKEN: &str = "katapult-sim-two-m5QbJ8yWfC";
pub(super) const OTHER_TOKEN: &str = "katapult-sim-other-K1hTzo7MpV";

/// document: all that are for reading only.
const READ_SCOPES: [&str; 9] = [
    "disk_backup_policies:read",
    "disk_templates:read",
    "disks:read",
    "organizations:read",
    "tasks:read",
    "trash_objects:read",
    "virtual_machine_packages:read",
    "virtual_machines:read",
    "virtual_networks:read",
];

pub(super) fn api_tokens() -> ApiTokens {
    let grant = |text: &str, organizations: &[&str]| Grant {
        text: text.into(),
        organizations: organizations.iter().map(|id| id.to_string()).collect(),
        scopes: None,
        may_change: true,
    };
    let read_scopes = READ_SCOPES.map(str::to_owned).into();
    let mut grants = API_TOKENS.map(|text| grant(text, &[ORGANIZATION])).to_vec();
    grants.extend([
        Grant { scopes: Some(read_scopes), ..grant(READ_ONLY_TOKEN, &[ORGANIZATION]) },
        Grant { may_change: false, ..grant(LIMITED_TOKEN, &[ORGANIZATION]) },
        grant(TWO_ORGANIZATIONS_TOKEN, &[ORGANIZATION, OTHER_ORGANIZATION]),
        grant(OTHER_TOKEN, &[OTHER_ORGANIZATION]),
    ]);
    ApiTokens::new(grants)
}

pub(super) fn description() -> Value {
    json!({
        "api_token": API_TOKENS[0],
        "api_tokens": API_TOKENS,
        "read_only_token": READ_ONLY_TOKEN,
        "limited_token": LIMITED_TOKEN,
        "two_organizations_token": TWO_ORGANIZATIONS_TOKEN,
    })
}
