//! Requests as JSON: what the C functions read, and the HTTP request that becomes of it.

use std::sync::LazyLock;

use katapult::*;

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

const REQUESTS: [Read; 23] = [
    |_, json| sends(CreateDisk::from_json(json)),
    |id, json| sends(UpdateDisk::from_json(id, json)),
    |id, json| sends(AssignDisk::from_json(id, json)),
    |id, json| sends(ResizeDisk::from_json(id, json)),
    |id, json| sends(SetDiskIoProfile::from_json(id, json)),
    |_, json| sends(CreateDiskBackupPolicy::from_json(json)),
    |id, json| sends(UpdateDiskBackupPolicy::from_json(id, json)),
    |id, json| sends(ScheduleDiskBackupPolicyDeletion::from_json(id, json)),
    |_, json| sends(PurgeAllTrash::from_json(json)),
    |_, json| sends(ListDisks::from_json(json)),
    |_, json| sends(ListVirtualMachineDisks::from_json(json)),
    |_, json| sends(ListVirtualMachines::from_json(json)),
    |_, json| sends(ListDiskIoProfiles::from_json(json)),
    |_, json| sends(ListDiskTemplates::from_json(json)),
    |_, json| sends(ListDiskTemplateVersions::from_json(json)),
    |_, json| sends(ListDiskBackupPolicies::from_json(json)),
    |_, json| sends(ListTrashObjects::from_json(json)),
    |id, json| reads(EnsureDiskAttached::from_json(id, json)),
    |id, json| reads(EnsureDiskDetached::from_json(id, json)),
    |id, json| reads(EnsureDiskUnassigned::from_json(id, json)),
    |id, json| reads(EnsureDiskSize::from_json(id, json)),
    |id, json| reads(EnsureDiskDeleted::from_json(id, json)),
    |id, _| looks_up(id),
];

/// Which request, then an id, a NUL byte and the JSON.
pub fn run(data: &[u8]) {
    let Some((which, texts)) = choice(data) else { return };
    let (id, json) = until_nul(texts);
    let (Ok(id), Ok(json)) = (std::str::from_utf8(id), std::str::from_utf8(json)) else { return };
    REQUESTS[usize::from(which) % REQUESTS.len()](id, json);
}

fn sends<O: Operation>(operation: Result<O>) {
    let Some(operation) = check_refused(operation) else { return };
    if let Some(request) = check_refused(CLIENT.request(&operation)) {
        let _ = format!("{request:?}");
    }
}

fn reads<W: std::fmt::Debug>(workflow: Result<W>) {
    let _ = format!("{:?}", check_refused(workflow));
}

/// An object that C names with a text.
fn looks_up(text: &str) {
    if let Some(virtual_machine) = check_refused(Lookup::from_text("virtual_machine", text)) {
        sends(Ok(GetVirtualMachine { virtual_machine }));
    }
}
