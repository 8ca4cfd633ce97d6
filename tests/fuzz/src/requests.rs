//! Requests as JSON: what the C functions read, and the HTTP request that becomes of it.

use std::fmt::Debug;
use std::sync::LazyLock;

use katapult::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::check::check_refused;
use crate::input::{choice, until_nul};

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let config = Config {
        api_token: Some("token".into()),
        base_url: Some("http://127.0.0.1:9".into()),
        organization: Some("acme".into()),
        data_center: Some("uk-lon-01".into()),
        ..Config::default()
    };
    Client::new(config).expect("a client")
});

/// Reads a request about the object of that id.
type Read = fn(&str, &str);

/// All operations, in the order of `each_operation`, the workflows, and a reference.
static READ: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let mut requests = Requests(Vec::new());
    each_operation(&mut requests);
    requests.0.extend([
        reads::<EnsureDiskAttached> as Read,
        reads::<EnsureDiskDetached>,
        reads::<EnsureDiskUnassigned>,
        reads::<EnsureDiskSize>,
        reads::<EnsureDiskDeleted>,
        looks_up,
    ]);
    requests.0
});

struct Requests(Vec<Read>);

impl OperationVisitor for Requests {
    fn operation<O: Operation + DeserializeOwned>(&mut self) {
        self.0.push(sends::<O>);
    }
}

/// Which request, then an id, a NUL byte and the JSON.
pub fn run(data: &[u8]) {
    let Some((which, texts)) = choice(data) else { return };
    let (id, json) = until_nul(texts);
    let (Ok(id), Ok(json)) = (std::str::from_utf8(id), std::str::from_utf8(json)) else { return };
    READ[usize::from(which) % READ.len()](id, json);
}

/// The object that the path names, `disk` in `/disks/disk/…`, is given beside the JSON.
fn sends<O: Operation + DeserializeOwned>(id: &str, json: &str) {
    let named = O::PATH.split('/').nth(2).filter(|name| *name != "organization");
    let named: Vec<(&str, Value)> = named.into_iter().map(|name| (name, id.into())).collect();
    let Some(operation) = check_refused(from_json::<O>(json, &named)) else { return };
    if let Some(request) = check_refused(CLIENT.request_of(&operation)) {
        let _ = format!("{request:?} {}", request.shown());
    }
}

fn reads<W: Workflow + DeserializeOwned + Debug>(id: &str, json: &str) {
    let _ = format!("{:?}", check_refused(from_json::<W>(json, &[("disk", id.into())])));
}

/// An object that C names with a text.
fn looks_up(text: &str, _: &str) {
    let read = VirtualMachineRef::from_text("virtual_machine", text);
    if let Some(virtual_machine) = check_refused(read) {
        let _ = check_refused(CLIENT.request_of(&GetVirtualMachine::new(virtual_machine)));
    }
}
