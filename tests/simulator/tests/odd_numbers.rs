//! No order panics, whatever numbers are in it.

mod common;

use common::{Reply, Sim};
use serde_json::{Value, json};

/// JSON texts, and one that is none.
const ODD: [&str; 21] = [
    "-1",
    "-0.5",
    "0",
    "-0.0",
    "0.5",
    "1e-320",
    "1e308",
    "-1e308",
    "1e400",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "4294967296",
    "NaN",
    "null",
    "true",
    "\"1\"",
    "[]",
    "{}",
    "[[1]]",
];

/// The places of all leaves.
fn leaves(value: &Value, here: &str) -> Vec<String> {
    let below = |(key, value): (String, &Value)| leaves(value, &format!("{here}/{key}"));
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().map(|(key, value)| (key.clone(), value)).flat_map(below).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            let numbered = items.iter().enumerate();
            numbered.map(|(number, value)| (number.to_string(), value)).flat_map(below).collect()
        }
        _ => vec![here.to_owned()],
    }
}

fn path_of(sim: &Sim, order: &Value) -> String {
    let path = order["path"].as_str().expect("a path");
    let id = match path {
        "/disks/{id}" => "/disks/unassigned",
        "/virtual_machines/{id}" => "/virtual_machine/id",
        "/servers/{id}" => "/server_id",
        "/volumes/{id}" => "/volume_id",
        _ => return path.to_owned(),
    };
    path.replace("{id}", &sim.known(id))
}

fn send(sim: &Sim, path: &str, body: &str) -> Reply {
    println!("{path} {body}");
    sim.request("POST", &format!("/__sim{path}"), &[], body)
}

fn orders(sim: &Sim) -> Vec<Value> {
    let index = sim.control("GET", "/", &Value::Null);
    let orders = index["orders"].as_array().expect("orders").iter();
    orders.filter(|order| order["method"] == "POST").cloned().collect()
}

/// Looks at everything that an order may have changed.
fn look(sim: &Sim) {
    let organization = format!("organization[sub_domain]={}", sim.known("/organization"));
    for path in ["disks", "disk_backup_policies"] {
        let path =
            format!("/core/v1/organizations/organization/{path}?{organization}&per_page=200");
        println!("{path}");
        let authorization = format!("Bearer {}", sim.known("/api_token"));
        let reply = sim.request("GET", &path, &[("Authorization", &authorization)], "");
        assert!(reply.status < 500, "{path}: {}", reply.status);
    }
    let server = sim.known("/server_id");
    for path in ["os-volume_attachments", "os-instance-actions"] {
        println!("{path}");
        assert!(sim.nova("GET", &format!("/v2.1/servers/{server}/{path}"), &[]).status < 500);
    }
    sim.control("GET", "/overview", &Value::Null);
}

#[test]
fn every_example_is_accepted() {
    let sim = Sim::start();
    for order in orders(&sim) {
        let body = order["example"].to_string();
        assert_ne!(body, "null", "{order}");
        let reply = send(&sim, &path_of(&sim, &order), &body);
        assert_eq!(reply.status, 200, "{}: {}", order["path"], reply.text());
        sim.control("POST", "/reset", &Value::Null);
    }
}

#[test]
fn every_odd_number_is_refused_by_name_or_does_no_harm() {
    let sim = Sim::with_task_time(0.0);
    let mut refused = 0;
    for order in orders(&sim) {
        let path = path_of(&sim, &order);
        for place in leaves(&order["example"], "") {
            for odd in ODD {
                let mut body = order["example"].clone();
                *body.pointer_mut(&place).expect("a leaf") = json!("\u{1}");
                let body = body.to_string().replace("\"\\u0001\"", odd);
                let reply = send(&sim, &path, &body);
                assert!(matches!(reply.status, 200 | 400), "{path} {body}: {}", reply.status);
                if reply.status == 400 {
                    refused += 1;
                    let member = place.split('/').rfind(|key| key.parse::<usize>().is_err());
                    let text = reply.text();
                    let is_named = text.contains(member.expect("a member"));
                    assert!(is_named || odd == "NaN" || odd == "1e400", "{path} {body}: {text}");
                    continue;
                }
                // Requests would wait.
                if matches!(path.as_str(), "/latency" | "/answers") {
                    sim.control("POST", "/reset", &Value::Null);
                }
                look(&sim);
                sim.control("POST", "/reset", &Value::Null);
            }
        }
    }
    assert!(refused > 500, "{refused}");
}
