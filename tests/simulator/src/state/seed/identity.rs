//! Keystone's domains, projects, users and application credential.

use serde_json::{Value, json};

use super::nova::{self, CONTENTS, Content};
use super::{OPENSTACK_TOKEN, PROJECT_ID};
use crate::state::{ApplicationCredential, Domain, Project, Role, User};

/// The one that every Keystone has.
static DOMAIN: Domain = Domain { id: "default", name: "Default" };
/// It has a user and a project of the same names, with another password and other servers, so that
/// a login in the wrong domain shows.
static OTHER_DOMAIN: Domain = Domain { id: "e67a3bb5d1b94f0e8a54c2970d8f163b", name: "SimAcme" };

pub(crate) static DOMAINS: [&Domain; 2] = [&DOMAIN, &OTHER_DOMAIN];

pub(crate) static PROJECT: Project =
    Project { id: PROJECT_ID, name: "sim-project", domain: &DOMAIN };
/// The operator has a role there, too.
pub(super) static SECOND_PROJECT: Project =
    Project { id: "2f9c6e1a84d74b38b0e5d3716ca9f042", name: "sim-second-project", domain: &DOMAIN };
/// Somebody else's.
pub(super) static OTHER_PROJECT: Project =
    Project { id: "b5c8a1d27f3e4960ad14e2b70c963f58", name: "sim-other-project", domain: &DOMAIN };
pub(super) static PROJECT_OF_OTHER_DOMAIN: Project =
    Project { id: "70d5f3a92c1e4d86b94a8e06f7b32c15", name: PROJECT.name, domain: &OTHER_DOMAIN };

pub(crate) static PROJECTS: [&Project; 4] =
    [&PROJECT, &SECOND_PROJECT, &OTHER_PROJECT, &PROJECT_OF_OTHER_DOMAIN];

const MEMBER: Role = Role { id: "7e0d41b2c96f4a5f8b23d1907ac4e65f", name: "member" };
const READER: Role = Role { id: "1fa83c60e75d4b29934d6b0e8a217c94", name: "reader" };

pub(crate) static OPERATOR: User = User {
    id: "3a6b90d4f1724ce58e9d07b52c41fa68",
    name: "sim-operator",
    domain: &DOMAIN,
    password: "sim-password-Qm4rT8wZ",
    projects: &[&PROJECT, &SECOND_PROJECT],
    roles: &[MEMBER, READER],
};
static READER_USER: User = User {
    id: "92e4c7105bd84fa3a6c0f8d3175eb249",
    name: "sim-reader",
    domain: &DOMAIN,
    password: "sim-reader-password-Hd2",
    projects: &[&PROJECT],
    roles: &[READER],
};
static NEIGHBOUR: User = User {
    id: "c41d8f06a2e94b7f95b3607de8f1a25c",
    name: "sim-neighbour",
    domain: &DOMAIN,
    password: "sim-neighbour-password-Xk7",
    projects: &[&OTHER_PROJECT],
    roles: &[MEMBER, READER],
};
static OPERATOR_OF_OTHER_DOMAIN: User = User {
    id: "8d20f7b6e5914c3aa1f86d0947c3be52",
    name: OPERATOR.name,
    domain: &OTHER_DOMAIN,
    password: "sim-acme-password-Ws5",
    projects: &[&PROJECT_OF_OTHER_DOMAIN],
    roles: &[MEMBER, READER],
};

pub(crate) static USERS: [&User; 4] =
    [&OPERATOR, &READER_USER, &NEIGHBOUR, &OPERATOR_OF_OTHER_DOMAIN];

pub(crate) static APPLICATION_CREDENTIAL: ApplicationCredential = ApplicationCredential {
    id: "58c2e9f7b03d4a61bd75f14a09e6d382",
    name: "sim-credential",
    secret: "sim-credential-secret-Vb9nL3yP",
    user: &OPERATOR,
    project: &PROJECT,
};

/// The compute endpoints differ by region and interface, so that a request tells which one was
/// chosen. Each region has servers and volumes of its own.
pub(crate) const REGION: &str = "sim-north";
pub(crate) const OTHER_REGION: &str = "sim-south";

/// What a client of the cloud needs to know: of the default domain's project in the first region,
/// and of all the others.
pub(super) fn description(base_url: &str) -> Value {
    let mut description = json!({
        "openstack_url": base_url,
        "openstack_token": OPENSTACK_TOKEN,
        "auth_url": format!("{base_url}/identity/v3"),
        "region_name": REGION,
        "other_region_name": OTHER_REGION,
        "application_credential_id": APPLICATION_CREDENTIAL.id,
        "application_credential_name": APPLICATION_CREDENTIAL.name,
        "application_credential_secret": APPLICATION_CREDENTIAL.secret,
        "reader": { "username": READER_USER.name, "password": READER_USER.password },
        "second_project": ids(&SECOND_PROJECT),
        "other_project": account(&NEIGHBOUR, &OTHER_PROJECT),
        "other_domain": account(&OPERATOR_OF_OTHER_DOMAIN, &PROJECT_OF_OTHER_DOMAIN),
        "servers": CONTENTS.iter().map(place).collect::<Vec<_>>(),
    });
    extend(&mut description, account(&OPERATOR, &PROJECT));
    description
}

/// All that a login takes, and what there is in the first region.
fn account(user: &User, project: &Project) -> Value {
    let mut account = json!({
        "username": user.name,
        "user_id": user.id,
        "password": user.password,
        "user_domain_name": user.domain.name,
        "user_domain_id": user.domain.id,
    });
    extend(&mut account, ids(project));
    account
}

fn ids(project: &Project) -> Value {
    let mut ids = project_view(project);
    if let Some(content) = nova::content(REGION, project) {
        extend(&mut ids, server_view(content));
    }
    ids
}

fn place(content: &Content) -> Value {
    let mut place = json!({ "region_name": content.region });
    extend(&mut place, project_view(content.project));
    extend(&mut place, server_view(content));
    place
}

fn project_view(project: &Project) -> Value {
    json!({
        "project_id": project.id,
        "project_name": project.name,
        "project_domain_name": project.domain.name,
        "project_domain_id": project.domain.id,
    })
}

fn server_view(content: &Content) -> Value {
    json!({
        "server_id": content.server_id,
        "volume_id": content.volume.id,
        "root_volume_id": content.root_volume.id,
        "free_volume_id": content.free_volume_id,
    })
}

pub(super) fn extend(all: &mut Value, more: Value) {
    if let (Value::Object(all), Value::Object(more)) = (all, more) {
        all.extend(more);
    }
}
