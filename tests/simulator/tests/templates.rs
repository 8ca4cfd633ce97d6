//! Disk templates and their versions.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn list(sim: &Sim, query: &str) -> Value {
    let organization = format!("organization[sub_domain]={}", sim.known("/organization"));
    let path = format!("/organizations/_/disk_templates?{organization}{query}");
    sim.get(&path).json()["disk_templates"].clone()
}

#[test]
fn universal_templates_are_hidden_unless_asked_for() {
    let sim = Sim::start();
    let own = list(&sim, "");
    assert_eq!(own.as_array().map(Vec::len), Some(1));
    assert_eq!(own[0]["id"], sim.known("/disk_templates/own"));
    assert_eq!((&own[0]["universal"], &own[0]["description"]), (&json!(false), &Value::Null));
    let all = list(&sim, "&include_universal=true");
    assert_eq!(all.as_array().map(Vec::len), Some(3));
    let latest = sim.known("/disk_template_versions/latest");
    assert_eq!(all[1]["latest_version"], json!({ "id": latest, "number": 2 }));

    let system = sim.known("/operating_system_id");
    let some = list(&sim, &format!("&include_universal=true&operating_system[id]={system}"));
    assert_eq!(some.as_array().map(Vec::len), Some(2));
    let organization = format!("organization[id]={}", sim.known("/organization_id"));
    let path = "/organizations/organization/disk_templates";
    let unknown = sim.get(&format!("{path}?{organization}&operating_system[id]=os_x"));
    assert_eq!(unknown.error(), (404, "operating_system_not_found".into()));
}

#[test]
fn one_template_by_id_or_permalink() {
    let sim = Sim::start();
    let path = "/disk_templates/disk_template?disk_template[permalink]=templates%2Fsimux-24-04";
    let template = sim.get(path).json()["disk_template"].clone();
    assert_eq!(template["id"], sim.known("/disk_templates/universal"));
    let latest = sim.known("/disk_template_versions/latest");
    assert_eq!(template["latest_version"], json!({ "id": latest }));
    assert!(template["operating_system"]["badge"]["url"].is_string());
    let by_id = sim.get(&format!("/disk_templates/{}", sim.known("/disk_templates/universal")));
    assert_eq!(by_id.json()["disk_template"], template);
    assert_eq!(sim.get("/disk_templates/dtpl_x").error().1, "disk_template_not_found");
}

#[test]
fn versions_and_what_they_ask_for() {
    let sim = Sim::start();
    let id = sim.known("/disk_templates/universal");
    let path = format!("/disk_templates/disk_template/versions?disk_template[id]={id}&per_page=1");
    let answer = sim.get(&path).json();
    assert_eq!(answer["disk_template"]["id"], id);
    assert_eq!(
        (&answer["pagination"]["total"], &answer["pagination"]["total_pages"]),
        (&json!(2), &json!(2))
    );
    let newest = &answer["disk_template_versions"][0];
    assert_eq!(newest["id"], sim.known("/disk_template_versions/latest"));

    let lookup = format!("disk_template_version[id]={}", sim.known("/disk_template_versions/old"));
    let path = "/disk_template_versions/disk_template_version";
    let version = sim.get(&format!("{path}?{lookup}")).json()["disk_template_version"].clone();
    assert_eq!((&version["number"], &version["disk_template"]["id"]), (&json!(1), &json!(id)));
    let answer = sim.get(&format!("{path}/spec?{lookup}")).json();
    assert_eq!(answer["disk_template_version"], version);
    let fields = answer["spec"]["fields"].as_array().expect("fields");
    let kinds: Vec<_> = fields.iter().filter_map(|field| field["type"].as_str()).collect();
    assert_eq!(kinds, ["Password", "Keyboard", "Text", "Boolean"]);
    let missing = sim.get("/disk_template_versions/dtv_x");
    assert_eq!(missing.error(), (404, "disk_template_version_not_found".into()));
}
