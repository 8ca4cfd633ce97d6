//! Which service is where.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::endpoints::{INTERFACES, REGIONS, prefix};
use crate::state::Project;

#[derive(Serialize)]
pub(super) struct Service {
    endpoints: Vec<Endpoint>,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Endpoint {
    id: String,
    interface: &'static str,
    region_id: &'static str,
    url: String,
    region: &'static str,
}

/// Every endpoint of Nova and Cinder has a URL of its own and answers.
pub(super) fn catalog(base_url: &str, project: &Project) -> Vec<Service> {
    let id = project.id;
    let volume = |region: &str, interface: &str| {
        format!("{base_url}{}/volume/v3", prefix(region, interface))
    };
    vec![
        service("identity", "sim-identity", |_, _| format!("{base_url}/identity/v3")),
        service("compute", "sim-compute", |region, interface| {
            format!("{base_url}{}/v2.1", prefix(region, interface))
        }),
        service("compute_legacy", "sim-compute-legacy", |region, interface| {
            format!("{base_url}{}/v2/{id}", prefix(region, interface))
        }),
        service("volumev3", "sim-volumes", volume),
        service("block-storage", "sim-block-storage", volume),
    ]
}

fn service(kind: &'static str, name: &'static str, url: impl Fn(&str, &str) -> String) -> Service {
    let mut endpoints = Vec::new();
    for region in REGIONS {
        for interface in INTERFACES {
            endpoints.push(Endpoint {
                id: id(&[kind, region, interface]),
                interface,
                region_id: region,
                url: url(region, interface),
                region,
            });
        }
    }
    Service { endpoints, id: id(&[kind]), kind, name }
}

/// 32 hex digits that stay the same.
fn id(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("/"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
