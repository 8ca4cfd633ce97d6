//! Keystone, as it was captured.

mod common;

use std::time::{Duration, Instant};

use common::{Reply, Sim};
use serde_json::{Value, json};

struct Keystone {
    sim: Sim,
}

impl Keystone {
    fn start() -> Self {
        Self { sim: Sim::start() }
    }

    fn post(&self, body: &str) -> Reply {
        let headers = [("Content-Type", "application/json")];
        self.sim.request("POST", "/identity/v3/auth/tokens", &headers, body)
    }

    fn log_in(&self, identity: &Value, scope: Option<Value>) -> Reply {
        let mut auth = json!({ "identity": identity });
        if let Some(scope) = scope {
            auth["scope"] = scope;
        }
        self.post(&json!({ "auth": auth }).to_string())
    }

    fn password(&self) -> Value {
        let (name, password) = (self.sim.known("/username"), self.sim.known("/password"));
        let domain = json!({ "id": self.sim.known("/user_domain_id") });
        let user = json!({ "name": name, "domain": domain, "password": password });
        json!({ "methods": ["password"], "password": { "user": user } })
    }

    fn project(&self) -> Option<Value> {
        let domain = json!({ "id": self.sim.known("/project_domain_id") });
        Some(json!({ "project": { "name": self.sim.known("/project_name"), "domain": domain } }))
    }

    /// A token with the project.
    fn token(&self) -> String {
        subject_token(&self.log_in(&self.password(), self.project()))
    }

    /// The status of an answer of Nova to this token.
    fn nova(&self, method: &str, token: &str) -> u16 {
        let (server, volume) = (self.sim.known("/server_id"), self.sim.known("/volume_id"));
        let path = format!("/v2.1/servers/{server}/os-volume_attachments/{volume}");
        self.sim.request(method, &path, &[("X-Auth-Token", token)], "").status
    }

    fn logins(&self) -> Value {
        self.sim.control("GET", "/state", &Value::Null)["logins"].clone()
    }

    fn tokens(&self, order: &Value) {
        self.sim.control("POST", "/tokens", order);
    }
}

fn subject_token(reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.header("x-subject-token").expect("a token").to_owned()
}

fn assert_refused(reply: &Reply, status: u16, message: &str) {
    let error = &reply.json()["error"];
    assert_eq!((reply.status, error["message"].as_str()), (status, Some(message)));
    assert_eq!(error["code"], status);
    assert_eq!(reply.header("x-subject-token"), None);
    assert_eq!(reply.header("www-authenticate").is_some(), status == 401);
    assert!(reply.text().starts_with(r#"{"error":{"code":"#) && reply.text().ends_with("}}\n"));
}

const UNAUTHORIZED: &str = "The request you have made requires authentication.";

#[test]
fn every_login_gives_another_token_and_nova_takes_it() {
    let keystone = Keystone::start();
    let sim = &keystone.sim;
    let name = sim.known("/user_domain_name");
    let mut by_domain_name = keystone.password();
    by_domain_name["password"]["user"]["domain"] = json!({ "name": name });
    let user = json!({ "id": sim.known("/user_id"), "password": sim.known("/password") });
    let by_id = json!({ "methods": ["password"], "password": { "user": user } });
    let mut tokens = Vec::new();
    for (identity, scope) in [
        (keystone.password(), keystone.project()),
        (by_domain_name, keystone.project()),
        (by_id, Some(json!({ "project": { "id": sim.known("/project_id") } }))),
    ] {
        let reply = keystone.log_in(&identity, scope);
        let token = subject_token(&reply);
        assert_eq!(keystone.nova("GET", &token), 200);
        assert_eq!(reply.header("vary"), Some("X-Auth-Token"));
        assert_eq!(reply.json()["token"]["project"]["id"], sim.known("/project_id"));
        assert!(!tokens.contains(&token));
        tokens.push(token);
    }
    assert_eq!(keystone.logins(), 3);
    assert_eq!(keystone.nova("GET", &sim.known("/openstack_token")), 200);
    sim.control("POST", "/reset", &Value::Null);
    assert_eq!((keystone.logins(), keystone.nova("GET", &tokens[0])), (json!(0), 401));
}

#[test]
fn the_catalog_leads_to_nova_in_two_regions() {
    let keystone = Keystone::start();
    let sim = &keystone.sim;
    let reply = keystone.log_in(&keystone.password(), keystone.project());
    let token = subject_token(&reply);
    let catalog = &reply.json()["token"]["catalog"];
    let headers = [("X-Auth-Token", token.as_str())];
    let alone = sim.request("GET", "/identity/v3/auth/catalog", &headers, "");
    assert_eq!(&alone.json()["catalog"], catalog);

    let services = catalog.as_array().expect("services");
    let kinds: Vec<&str> = services.iter().filter_map(|service| service["type"].as_str()).collect();
    assert_eq!(kinds, ["identity", "compute", "compute_legacy", "volumev3", "block-storage"]);
    let mut urls = Vec::new();
    for service in &services[1..3] {
        for endpoint in service["endpoints"].as_array().expect("endpoints") {
            let url = endpoint["url"].as_str().expect("a URL").to_owned();
            let path = url.strip_prefix(&sim.known("/openstack_url")).expect("an own URL");
            // Each region has servers of its own, and no other's.
            for (region, server) in [("sim-north", "/servers/0"), ("sim-south", "/servers/1")] {
                let server = sim.known(&format!("{server}/server_id"));
                let path = format!("{path}/servers/{server}/os-volume_attachments");
                let status = if endpoint["region"] == region { 200 } else { 404 };
                assert_eq!(sim.request("GET", &path, &headers, "").status, status, "{url}");
            }
            assert!(!urls.contains(&url), "{url} comes twice");
            urls.push(url);
        }
    }
    assert_eq!(urls.len(), 12);
    assert_eq!(urls[0], format!("{}/v2.1", sim.known("/openstack_url")));
    let first = &services[1]["endpoints"][0];
    assert_eq!(
        (&first["region_id"], &first["interface"]),
        (&json!(sim.known("/region_name")), &json!("public"))
    );
}

#[test]
fn unscoped_and_scoped_again() {
    let keystone = Keystone::start();
    let reply = keystone.log_in(&keystone.password(), None);
    let unscoped = subject_token(&reply);
    assert_eq!(reply.json()["token"].get("catalog"), None);
    assert_eq!(keystone.nova("GET", &unscoped), 404);
    let headers = [("X-Auth-Token", unscoped.as_str())];
    let catalog = keystone.sim.request("GET", "/identity/v3/auth/catalog", &headers, "");
    assert_eq!(catalog.status, 403);

    let again = json!({ "methods": ["token"], "token": { "id": unscoped } });
    let scoped = keystone.log_in(&again, keystone.project());
    let token = &scoped.json()["token"];
    assert_eq!(token["methods"], json!(["token", "password"]));
    // captured: the audit id of the token before follows, and it ends with that.
    assert_eq!(token["audit_ids"][1], reply.json()["token"]["audit_ids"][0]);
    assert_eq!(token["expires_at"], reply.json()["token"]["expires_at"]);
    assert_eq!(keystone.nova("GET", &subject_token(&scoped)), 200);

    let unknown = json!({ "methods": ["token"], "token": { "id": "nonsense" } });
    let refused = keystone.log_in(&unknown, keystone.project());
    assert_refused(&refused, 404, "Failed to validate token");
}

#[test]
fn application_credentials() {
    let keystone = Keystone::start();
    let sim = &keystone.sim;
    let secret = sim.known("/application_credential_secret");
    let identity = |credential: Value| json!({ "methods": ["application_credential"], "application_credential": credential });
    let by_id = json!({ "id": sim.known("/application_credential_id"), "secret": secret });
    let domain = json!({ "name": sim.known("/user_domain_name") });
    let by_name = json!({
        "name": sim.known("/application_credential_name"),
        "secret": secret,
        "user": { "name": sim.known("/username"), "domain": domain },
    });
    for credential in [by_id.clone(), by_name] {
        let reply = keystone.log_in(&identity(credential), None);
        let named = reply.json()["token"]["application_credential"]["name"].clone();
        assert_eq!(named, sim.known("/application_credential_name"));
        assert_eq!(keystone.nova("GET", &subject_token(&reply)), 200);
    }
    let scoped = keystone.log_in(&identity(by_id.clone()), keystone.project());
    assert_eq!(scoped.status, 401);
    let mut wrong = by_id;
    wrong["secret"] = json!("wrong");
    assert_refused(&keystone.log_in(&identity(wrong), None), 401, UNAUTHORIZED);
}

#[test]
fn refusals() {
    let keystone = Keystone::start();
    let domain = json!({ "id": "default" });
    let project = |name: &str| Some(json!({ "project": { "name": name, "domain": domain } }));
    let mut wrong_password = keystone.password();
    wrong_password["password"]["user"]["password"] = json!("wrong");
    let mut wrong_domain = keystone.password();
    wrong_domain["password"]["user"]["domain"] = json!({ "id": "Default" });
    let others = keystone.sim.known("/other_project/project_name");
    for (identity, scope) in [
        (wrong_password, keystone.project()),
        (wrong_domain, keystone.project()),
        (keystone.password(), project("nowhere")),
        (keystone.password(), project(&others)),
    ] {
        assert_refused(&keystone.log_in(&identity, scope), 401, UNAUTHORIZED);
    }
    let unsupported = keystone.log_in(&json!({ "methods": ["magic"], "magic": {} }), None);
    assert_refused(&unsupported, 401, "Attempted to authenticate with an unsupported method.");
    assert!(unsupported.json()["error"]["identity"]["methods"].is_array());
    for (body, missing) in [("{", "valid JSON"), ("{}", "auth"), (r#"{"auth":{}}"#, "identity")] {
        let reply = keystone.post(body);
        let message = reply.json()["error"]["message"].as_str().expect("a message").to_owned();
        assert!(message.starts_with(&format!("Expecting to find {missing} in ")), "{message}");
        assert_refused(&reply, 400, &message);
    }
    assert_eq!(keystone.logins(), 0);
}

#[test]
fn tokens_end() {
    let keystone = Keystone::start();
    keystone.tokens(&json!({ "lifetime_seconds": 100 }));
    let token = keystone.token();
    keystone.sim.clock(99);
    assert_eq!(keystone.nova("GET", &token), 200);
    keystone.sim.clock(2);
    assert_eq!(keystone.nova("GET", &token), 401);

    for order in [json!({ "expire": true }), json!({ "revoke": true })] {
        let token = keystone.token();
        assert_eq!(keystone.nova("GET", &token), 200);
        keystone.tokens(&order);
        assert_eq!(keystone.nova("GET", &token), 401);
        assert_eq!(keystone.nova("GET", &keystone.token()), 200);
        assert_eq!(keystone.nova("GET", &keystone.sim.known("/openstack_token")), 200);
    }
    // captured: Nova's middleware has the token in its cache, but Cinder refuses it.
    let token = keystone.token();
    keystone.tokens(&json!({ "revoke_unnoticed": true }));
    assert_eq!((keystone.nova("GET", &token), keystone.nova("DELETE", &token)), (200, 500));
}

#[test]
fn a_token_can_be_shown_and_revoked() {
    let keystone = Keystone::start();
    let token = keystone.token();
    let ask = |method: &str| {
        let headers = [("X-Auth-Token", token.as_str()), ("X-Subject-Token", token.as_str())];
        keystone.sim.request(method, "/identity/v3/auth/tokens", &headers, "").status
    };
    assert_eq!((ask("GET"), ask("DELETE"), ask("GET")), (200, 204, 401));
    assert_eq!(keystone.nova("GET", &token), 401);
}

#[test]
fn versions() {
    let keystone = Keystone::start();
    let auth_url = keystone.sim.known("/auth_url");
    for path in ["/identity", "/identity/"] {
        let root = keystone.sim.request("GET", path, &[], "");
        assert_eq!(root.status, 300);
        assert_eq!(root.header("location"), Some(format!("{auth_url}/").as_str()));
        let version = &root.json()["versions"]["values"][0];
        assert_eq!(version["links"][0]["href"], format!("{auth_url}/"));
    }
    for path in ["/identity/v3", "/identity/v3/"] {
        let v3 = keystone.sim.request("GET", path, &[], "");
        assert_eq!((v3.status, &v3.json()["version"]["id"]), (200, &json!("v3.14")));
    }
    assert_eq!(keystone.sim.request("GET", "/identity/v2.0", &[], "").status, 404);
}

#[test]
fn keystone_is_down_or_slow_and_nova_is_not() {
    let keystone = Keystone::start();
    let token = keystone.token();
    assert_eq!(keystone.nova("GET", &token), 200);
    let orders = json!([
        { "service": "keystone", "status": 503, "body": {} },
        { "service": "keystone", "perform": true, "delay_seconds": 0.3 },
    ]);
    keystone.sim.control("POST", "/answers", &orders);
    assert_eq!(keystone.nova("GET", &token), 200);
    assert_eq!(keystone.log_in(&keystone.password(), None).status, 503);
    let started = Instant::now();
    let fresh = keystone.token();
    assert!(started.elapsed() >= Duration::from_millis(300));

    // captured: Nova cannot ask about tokens that it has not seen.
    keystone.sim.control("POST", "/openstack", &json!({ "keystone_down": true }));
    assert_eq!((keystone.nova("GET", &token), keystone.nova("GET", &fresh)), (200, 503));
    assert_eq!((keystone.nova("GET", "bogus"), keystone.nova("GET", "")), (503, 401));
}
