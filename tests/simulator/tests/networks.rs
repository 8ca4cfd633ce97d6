//! Networks, interfaces and packages.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn get(sim: &Sim, path: &str) -> Value {
    let reply = sim.get(path);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn keys(value: &Value) -> Vec<&String> {
    value.as_object().expect("an object").keys().collect()
}

/// recorded: the members of each answer.
#[test]
fn interfaces_are_what_their_machine_is() {
    let sim = Sim::start();
    let machine = sim.known("/virtual_machine/id");
    let list = format!(
        "/virtual_machines/virtual_machine/network_interfaces?virtual_machine[id]={machine}"
    );
    let interfaces = get(&sim, &list)["virtual_machine_network_interfaces"].clone();
    let id = sim.known("/network_interface");
    let network = json!({ "id": "netw_SimNetwork000001", "name": "Public Network" });
    assert_eq!(
        interfaces,
        json!([{
            "id": id,
            "name": "Public Network on web-1",
            "network": network,
            "virtual_network": null,
            "ip_addresses": [{
                "id": "ip_SimIPAddress0001",
                "address": "192.0.2.10",
                "reverse_dns": "web-1.sim-acme.example.com",
                "address_with_mask": "192.0.2.10/24",
            }],
        }])
    );
    let one = format!("/virtual_machine_network_interfaces/{id}");
    let interface = || get(&sim, &one)["virtual_machine_network_interface"].clone();
    let whole = interface();
    assert_eq!(
        whole,
        json!({
            "id": id,
            "virtual_machine": { "id": machine, "name": "web-1" },
            "name": "Public Network on web-1",
            "network": network,
            "virtual_network": null,
            "mac_address": "3a:51:0d:00:00:01",
            "state": "attached",
            "ip_addresses": [{ "id": "ip_SimIPAddress0001", "address": "192.0.2.10" }],
            "speed_profile": { "id": "nsp_SimSpeed1Gbps001", "name": "1Gbps", "permalink": "1gbps" },
        })
    );
    let by_network = format!(
        "/virtual_machines/virtual_machine/networks/network/interface?virtual_machine[id]={machine}"
    );
    let found = get(&sim, &format!("{by_network}&network[permalink]=sim-north-01-public"));
    assert_eq!(found["virtual_machine_network_interface"]["id"], id);
    let elsewhere = sim.get(&format!("{by_network}&network[permalink]=sim-south-01-public"));
    assert_eq!(elsewhere.error(), (404, "interface_not_found".into()));

    let order = json!({ "virtual_machines": [{ "id": machine, "name": "web-2" }] });
    sim.control("POST", "/objects", &order);
    sim.control("POST", &format!("/virtual_machines/{machine}"), &json!({ "state": "stopped" }));
    assert_eq!(interface()["name"], "Public Network on web-2");
    assert_eq!(interface()["state"], "detached");

    sim.control("POST", &format!("/virtual_machines/{machine}"), &json!({ "in_trash": true }));
    assert_eq!(sim.get(&list).error(), (406, "object_in_trash".into()));
    let missing = (404, "virtual_machine_network_interface_not_found".into());
    assert_eq!(sim.get(&one).error(), missing);
    sim.clock(172_801);
    assert_eq!(sim.get(&one).error(), missing);
}

#[test]
fn interfaces_are_placed() {
    let sim = Sim::start();
    sim.control(
        "POST",
        "/objects",
        &json!({
            "networks": [{ "id": "netw_1", "name": "One", "permalink": null, "data_center": {
                "id": "dc_1", "name": "D", "permalink": "d" } }],
            "virtual_networks": [{ "id": "vnet_1", "name": "Two", "data_center": {
                "id": "dc_1", "name": "D", "permalink": "d" } }],
            "virtual_machines": [{ "id": "vm_1", "name": "m", "ip_addresses": [
                { "id": "ip_1", "address": "192.0.2.77", "network": { "id": "netw_1" } },
            ] }],
        }),
    );
    let list = "/virtual_machines/vm_1/network_interfaces";
    let names = |sim: &Sim| {
        let interfaces = get(sim, list)["virtual_machine_network_interfaces"].clone();
        let interfaces = interfaces.as_array().expect("a list").clone();
        interfaces.into_iter().map(|it| (it["id"].clone(), it["name"].clone())).collect::<Vec<_>>()
    };
    let own = names(&sim);
    assert_eq!((own.len(), &own[0].1), (1, &json!("One on m")));
    let place = |interface: Value| {
        sim.control("POST", "/objects", &json!({ "network_interfaces": [interface] }))
    };
    place(json!({ "id": "vmnet_1", "virtual_machine": "vm_1", "network": "netw_1" }));
    place(json!({ "id": "vmnet_2", "virtual_machine": "vm_1", "network": "vnet_1" }));
    let placed = [("vmnet_1".into(), "One on m".into()), ("vmnet_2".into(), "Two on m".into())];
    assert_eq!(names(&sim), placed);
    let second = get(&sim, "/virtual_machine_network_interfaces/vmnet_2");
    let second = &second["virtual_machine_network_interface"];
    assert_eq!((&second["network"], &second["ip_addresses"]), (&Value::Null, &json!([])));
    assert_eq!(second["virtual_network"], json!({ "id": "vnet_1", "name": "Two" }));
    let body = json!({ "network_interfaces": [
        { "id": "vmnet_3", "virtual_machine": "vm_missing", "network": "netw_1" }] });
    let refused = sim.request("POST", "/__sim/objects", &[], &body.to_string());
    assert_eq!(refused.status, 400);
}

/// recorded: where the country of a data center is told, and where not.
#[test]
fn networks_are_read_and_listed() {
    let sim = Sim::start();
    let default =
        get(&sim, "/data_centers/data_center/default_network?data_center[permalink]=sim-south-01");
    assert_eq!(keys(&default["network"]), ["id", "name", "permalink", "default", "data_center"]);
    assert_eq!(default["network"]["permalink"], "sim-south-01-public");
    assert_eq!(default["network"]["data_center"].get("country"), None);
    let one = get(&sim, "/networks/network?network[permalink]=sim-south-01-public");
    assert_eq!(one["network"]["id"], default["network"]["id"]);
    let country = &one["network"]["data_center"]["country"];
    assert_eq!(keys(country), ["id", "name", "iso_code2", "iso_code3", "time_zone", "eu"]);

    let organization = format!("organization[id]={}", sim.known("/organization_id"));
    let list =
        |name: &str| get(&sim, &format!("/organizations/organization/{name}?{organization}"));
    let available = list("available_networks");
    assert_eq!(keys(&available), ["networks", "virtual_networks"]);
    assert_eq!(available["networks"][1], default["network"]);
    let virtual_networks = list("virtual_networks");
    let backbone = virtual_networks["virtual_networks"][0].clone();
    assert_eq!(keys(&backbone["data_center"]["country"]), keys(country));
    let id = backbone["id"].as_str().expect("an id");
    assert_eq!(get(&sim, &format!("/virtual_networks/{id}"))["virtual_network"], backbone);
    let profiles = list("network_speed_profiles");
    assert_eq!(profiles["pagination"]["total"], 3);
    let unrestricted = &profiles["network_speed_profiles"][2];
    assert_eq!(unrestricted["upload_speed_in_mbit"], Value::Null);

    for (path, code) in [
        ("/networks/netw_x", "network_not_found"),
        ("/virtual_networks/vnet_x", "virtual_network_not_found"),
        ("/data_centers/x/default_network", "data_center_not_found"),
        ("/virtual_machine_packages/x", "package_not_found"),
        ("/organizations/org_x/available_networks", "organization_not_found"),
        ("/virtual_machine_packages?organization[id]=org_x", "organization_not_found"),
    ] {
        assert_eq!(sim.get(path).error(), (404, code.into()), "{path}");
    }
}

#[test]
fn a_machine_has_one_of_the_packages() {
    let sim = Sim::start();
    let packages = get(&sim, "/virtual_machine_packages?per_page=2&page=2");
    assert_eq!(packages["pagination"]["total"], 3);
    assert_eq!(packages["virtual_machine_packages"][0]["name"], "PEBBLE-6");
    let one = get(&sim, "/virtual_machine_packages/_?virtual_machine_package[permalink]=pebble-3");
    let machine = get(&sim, &format!("/virtual_machines/{}", sim.known("/virtual_machine/id")));
    assert_eq!(one["virtual_machine_package"], machine["virtual_machine"]["package"]);
}
