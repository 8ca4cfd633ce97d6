//! Keystone's projects, users and application credential.

use serde_json::{Value, json};

use super::{OPENSTACK_TOKEN, OTHER_SERVER, PROJECT_ID, ROOT_VOLUME, SERVER, VOLUME};
use crate::state::{ApplicationCredential, DOMAIN_ID, DOMAIN_NAME, Project, Role, User};

pub(crate) static PROJECT: Project = Project { id: PROJECT_ID, name: "sim-project" };
/// Somebody else's.
pub(crate) static OTHER_PROJECT: Project =
    Project { id: "b5c8a1d27f3e4960ad14e2b70c963f58", name: "sim-other-project" };

pub(crate) static PROJECTS: [&Project; 2] = [&PROJECT, &OTHER_PROJECT];

const MEMBER: Role = Role { id: "7e0d41b2c96f4a5f8b23d1907ac4e65f", name: "member" };
const READER: Role = Role { id: "1fa83c60e75d4b29934d6b0e8a217c94", name: "reader" };

pub(crate) static OPERATOR: User = User {
    id: "3a6b90d4f1724ce58e9d07b52c41fa68",
    name: "sim-operator",
    password: "sim-password-Qm4rT8wZ",
    project: &PROJECT,
    roles: &[MEMBER, READER],
};
pub(crate) static READER_USER: User = User {
    id: "92e4c7105bd84fa3a6c0f8d3175eb249",
    name: "sim-reader",
    password: "sim-reader-password-Hd2",
    project: &PROJECT,
    roles: &[READER],
};
pub(crate) static NEIGHBOUR: User = User {
    id: "c41d8f06a2e94b7f95b3607de8f1a25c",
    name: "sim-neighbour",
    password: "sim-neighbour-password-Xk7",
    project: &OTHER_PROJECT,
    roles: &[MEMBER, READER],
};

pub(crate) static USERS: [&User; 3] = [&OPERATOR, &READER_USER, &NEIGHBOUR];

pub(crate) static APPLICATION_CREDENTIAL: ApplicationCredential = ApplicationCredential {
    id: "58c2e9f7b03d4a61bd75f14a09e6d382",
    name: "sim-credential",
    secret: "sim-credential-secret-Vb9nL3yP",
    user: &OPERATOR,
};

/// The compute endpoints differ by region and interface, so that a request tells which one was
/// chosen; behind all of them is the same Nova.
pub(crate) const REGION: &str = "sim-north";
pub(crate) const OTHER_REGION: &str = "sim-south";

/// What a client of the cloud needs to know.
pub(super) fn description(base_url: &str) -> Value {
    json!({
        "openstack_url": base_url,
        "openstack_token": OPENSTACK_TOKEN,
        "auth_url": format!("{base_url}/identity/v3"),
        "username": OPERATOR.name,
        "user_id": OPERATOR.id,
        "password": OPERATOR.password,
        "user_domain_name": DOMAIN_NAME,
        "user_domain_id": DOMAIN_ID,
        "project_id": PROJECT.id,
        "project_name": PROJECT.name,
        "project_domain_name": DOMAIN_NAME,
        "project_domain_id": DOMAIN_ID,
        "region_name": REGION,
        "other_region_name": OTHER_REGION,
        "application_credential_id": APPLICATION_CREDENTIAL.id,
        "application_credential_name": APPLICATION_CREDENTIAL.name,
        "application_credential_secret": APPLICATION_CREDENTIAL.secret,
        "reader": { "username": READER_USER.name, "password": READER_USER.password },
        "other_project": {
            "project_id": OTHER_PROJECT.id,
            "project_name": OTHER_PROJECT.name,
            "username": NEIGHBOUR.name,
            "password": NEIGHBOUR.password,
            "server_id": OTHER_SERVER,
        },
        "server_id": SERVER,
        "volume_id": VOLUME,
        "root_volume_id": ROOT_VOLUME,
    })
}
