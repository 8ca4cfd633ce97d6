//! What the page shows, in one answer: only the first of each kind, and how many there are.

use std::cmp::Ordering;
use std::collections::HashMap;

use axum::extract::{Path, Query, State as Extracted};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::order::Reply;
use crate::katapult::error_codes;
use crate::state::{
    Disk, LoggedRequest, PROJECTS, Server, Shared, State, TrashObject, VirtualMachine,
};

/// How many objects of a kind are shown.
const SHOWN: usize = 300;
const SHOWN_REQUESTS: usize = 100;
/// How much of a body is shown, in bytes of its JSON.
const SHOWN_BODY: usize = 64 << 10;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only what has this text in a name, an id or a path; capitals do not matter.
    find: String,
}

pub(super) async fn view(
    Extracted(shared): Extracted<Shared>,
    Query(wanted): Query<Wanted>,
) -> Reply {
    let find = wanted.find.trim().to_lowercase();
    let mut state = shared.lock();
    Reply::ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "clock": {
            "unix_seconds": state.clock.unix().as_secs_f64(),
            "ahead_seconds": state.clock.ahead().as_secs_f64(),
            "stopped": state.clock.is_stopped(),
        },
        "disks": disks(&state, &find),
        "virtual_machines": virtual_machines(&state, &find),
        "tasks": tasks(&state, &find),
        "trash_objects": trash_objects(&state, &find),
        "servers": servers(&state, &find),
        "volumes": free_volumes(&state, &find),
        "requests": requests(&state, &find),
        "faults": faults(&mut state),
    }))
}

/// One request of the log, by its number.
pub(super) async fn request(
    Extracted(shared): Extracted<Shared>,
    Path(number): Path<usize>,
) -> Reply {
    match shared.lock().requests.get(number) {
        Some(request) => Reply::ok(request_in_full(request)),
        None => Reply::not_found("request: it is not in the log any more"),
    }
}

fn fits(find: &str, texts: &[&str]) -> bool {
    find.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(find))
}

fn list<T>(items: impl Iterator<Item = T>, view: impl Fn(T) -> Value) -> Value {
    let (mut total, mut shown) = (0, Vec::new());
    for item in items {
        total += 1;
        if total <= SHOWN {
            shown.push(view(item));
        }
    }
    json!({ "total": total, "shown": shown })
}

/// Those in the trash are shown there.
fn disks(state: &State, find: &str) -> Value {
    let found = state.disks.values().filter(|disk| {
        let fqdn = disk.virtual_machine_disk.as_ref().map(|it| it.virtual_machine.fqdn.as_str());
        let organization = other_organization(state, &disk.organization).unwrap_or_default();
        let machine = [disk.machine().unwrap_or_default(), fqdn.unwrap_or_default()];
        !disk.in_trash && fits(find, &[&disk.name, &disk.id, organization, machine[0], machine[1]])
    });
    let mut found: Vec<&Disk> = found.collect();
    let total = found.len();
    keep_first(&mut found, |a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let shown: Vec<_> = found.into_iter().map(|disk| disk_view(state, disk)).collect();
    json!({ "total": total, "shown": shown })
}

/// Those that are shown, in order; to sort all would take long if they are many.
fn keep_first<T>(items: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if items.len() > SHOWN {
        items.select_nth_unstable_by(SHOWN, &order);
        items.truncate(SHOWN);
    }
    items.sort_by(order);
}

/// None is the one to which nearly everything belongs.
fn other_organization<'a>(state: &'a State, id: &str) -> Option<&'a str> {
    let organization = state.organization(id)?;
    Some(organization.sub_domain()).filter(|_| id != state.main_organization().id())
}

fn disk_view(state: &State, disk: &Disk) -> Value {
    let relation = disk.virtual_machine_disk.as_ref();
    json!({
        "id": disk.id,
        "name": disk.name,
        "size_in_gb": disk.size_in_gb,
        "state": disk.state,
        "storage_speed": disk.storage_speed,
        "io_profile": disk.io_profile.as_ref().map(|profile| &profile.name),
        "data_center": disk.data_center.name,
        "other_organization": other_organization(state, &disk.organization),
        "created_at": disk.created_at,
        "virtual_machine": relation.map(|relation| json!({
            "id": relation.virtual_machine.id,
            "fqdn": relation.virtual_machine.fqdn,
            "state": relation.state,
            "boot": relation.boot,
        })),
    })
}

fn virtual_machines(state: &State, find: &str) -> Value {
    let mut disks: HashMap<&str, usize> = HashMap::new();
    for machine in state.disks.values().filter_map(Disk::machine) {
        *disks.entry(machine).or_default() += 1;
    }
    let fitting =
        |machine: &&VirtualMachine| fits(find, &[machine.name(), machine.id(), machine.fqdn()]);
    list(state.virtual_machines.iter().filter(fitting), |machine| {
        json!({
            "id": machine.id(),
            "name": machine.name(),
            "fqdn": machine.fqdn(),
            "state": machine.state(),
            "other_organization": other_organization(state, &machine.organization),
            "disks": disks.get(machine.id()).copied().unwrap_or_default(),
            "in_trash": state.trash.of(machine.id()).is_some(),
        })
    })
}

/// What is under way first; the latest first.
fn tasks(state: &State, find: &str) -> Value {
    let now = state.clock.now();
    let mut found: Vec<_> = state.tasks.values().filter(|task| fits(find, &task.texts())).collect();
    let total = found.len();
    let underway = found.iter().filter(|task| !task.has_ended(now)).count();
    keep_first(&mut found, |a, b| b.rank(now).cmp(&a.rank(now)));
    let shown = found.into_iter().map(|task| {
        let mut view = json!(task.view(&state.clock));
        let object = task.object();
        view["object_id"] = json!(object);
        view["object_name"] = json!(object.and_then(|id| name(state, id)));
        view
    });
    json!({ "total": total, "underway": underway, "shown": shown.collect::<Vec<_>>() })
}

/// The name of a disk or a machine.
fn name<'a>(state: &'a State, id: &str) -> Option<&'a str> {
    let disk = state.disks.get(id).map(|disk| disk.name.as_str());
    disk.or_else(|| state.machine(id).map(VirtualMachine::name))
}

fn trash_objects(state: &State, find: &str) -> Value {
    let name = |it: &TrashObject| it.object_id.as_deref().and_then(|id| name(state, id));
    let mut found: Vec<_> = state.trash.values().collect();
    found.retain(|it| {
        let object_id = it.object_id.as_deref().unwrap_or_default();
        fits(find, &[&it.id, object_id, &it.object_type, name(it).unwrap_or_default()])
    });
    found.sort_by_key(|trash_object| (trash_object.keep_until, &trash_object.id));
    list(found.into_iter(), |trash_object| {
        let mut view = json!(trash_object);
        view["name"] = json!(name(trash_object));
        view
    })
}

fn servers(state: &State, find: &str) -> Value {
    let volumes = |server: &Server| {
        let own = state.volumes.iter().filter_map(|volume| {
            let attachment = volume.attachment.as_ref().filter(|it| it.server_id == server.id)?;
            Some((volume, attachment))
        });
        own.collect::<Vec<_>>()
    };
    let fitting = |server: &&Server| {
        let own = volumes(server);
        let ids = own.iter().map(|(volume, _)| volume.id.as_str());
        let names = [server.id.as_str(), &server.name, server.region];
        fits(find, &ids.chain(names).collect::<Vec<_>>())
    };
    list(state.servers.iter().filter(fitting), |server| {
        let volumes = volumes(server).into_iter().map(|(volume, attachment)| {
            json!({
                "id": volume.id,
                "device": attachment.device,
                "is_root": attachment.is_root,
                "size_in_gb": volume.size_in_gb,
                "attached": volume.attached,
                "status": volume.status(),
            })
        });
        json!({
            "id": server.id,
            "name": server.name,
            "region_name": server.region,
            "project": project(server.project_id),
            "vm_state": server.vm_state,
            "task_state": server.task_state,
            "locked": server.locked,
            "compute_down": server.compute_down,
            "volumes": volumes.collect::<Vec<_>>(),
        })
    })
}

/// Those that no server has had yet: the others are shown with their servers.
fn free_volumes(state: &State, find: &str) -> Value {
    let free = state.volumes.iter().filter(|volume| volume.attachment.is_none());
    let found = free.filter(|volume| fits(find, &[&volume.id, &volume.name, volume.region]));
    list(found, |volume| {
        json!({
            "id": volume.id,
            "name": volume.name,
            "size_in_gb": volume.size_in_gb,
            "region_name": volume.region,
            "project": project(volume.project_id),
            "status": volume.status(),
        })
    })
}

fn project(id: &str) -> Option<Value> {
    let project = PROJECTS.iter().find(|project| project.id == id)?;
    Some(json!({ "id": project.id, "name": project.name, "domain": project.domain.name }))
}

/// The latest first. Their bodies come one by one: some are long.
fn requests(state: &State, find: &str) -> Value {
    let log = state.requests.numbered().rev();
    let found = log.filter(|(_, request)| {
        let values = request.query.iter().map(|(_, value)| value.as_str());
        let texts: Vec<_> = values.chain([request.path.as_str(), &request.method]).collect();
        fits(find, &texts)
    });
    let shown = found.take(SHOWN_REQUESTS).map(|(number, request)| {
        json!({
            "number": number,
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "status": request.status,
            "at": request.at.as_secs_f64(),
            "is_ordered": request.is_ordered,
        })
    });
    json!({
        "total": state.requests.log().len(),
        "first": state.requests.first(),
        "shown": shown.collect::<Vec<_>>(),
    })
}

fn request_in_full(request: &LoggedRequest) -> Value {
    let headers = request.headers.iter().map(|(name, value)| {
        let is_secret = matches!(
            name.as_str(),
            "authorization" | "proxy-authorization" | "cookie" | "x-auth-token" | "x-subject-token"
        );
        (name.clone(), if is_secret { hidden() } else { value.clone() })
    });
    let body = without_secrets(&request.body, "");
    let length = body.to_string().len();
    json!({
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": headers.collect::<Map<_, _>>(),
        "body": if length > SHOWN_BODY { Value::Null } else { body },
        "body_bytes": length,
        "status": request.status,
    })
}

fn hidden() -> Value {
    "(hidden)".into()
}

/// A login has a password, the secret of an application credential, or a token with its id.
fn without_secrets(value: &Value, of: &str) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let is_secret = value.is_string()
                    && (name.contains("password")
                        || name.contains("secret")
                        || (of, name.as_str()) == ("token", "id"));
                (name.clone(), if is_secret { hidden() } else { without_secrets(value, name) })
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|item| without_secrets(item, of)).collect(),
        other => other.clone(),
    }
}

fn faults(state: &mut State) -> Value {
    let allowance = state.allowance(None);
    json!({
        "answers": state.answers.left().saturating_add(state.answers.lasting()),
        "next_task": state.next_task.is_ordered(),
        "latency_seconds": state.latency.time().as_secs_f64(),
        "permitted": allowance.permitted,
        "remaining": allowance.remaining,
        "error_codes": error_codes(),
    })
}
