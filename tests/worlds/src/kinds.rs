//! The kinds of events: the rows of the table.

use serde_json::{Value, json};

use crate::acts;
use crate::event::{Asked, Kind, What};
use crate::scenario::{MACHINE, OTHER_DISK, OTHER_MACHINE, OTHER_TASK};

pub(crate) fn never(_: &Asked) -> bool {
    false
}

pub(crate) fn always(_: &Asked) -> bool {
    true
}

pub(crate) fn is_write(asked: &Asked) -> bool {
    !asked.is_read()
}

pub(crate) const fn act(
    name: &'static str,
    title: &'static str,
    acts: fn(&str) -> Vec<Value>,
) -> Kind {
    Kind { name, title, what: What::Act(acts), harmless: never }
}

pub(crate) const fn fault(
    name: &'static str,
    title: &'static str,
    fits: fn(&Asked) -> bool,
    order: fn(&Asked) -> Value,
    harmless: fn(&Asked) -> bool,
) -> Kind {
    Kind { name, title, what: What::Fault(fits, order), harmless }
}

const fn lists(name: &'static str, title: &'static str, order: fn() -> Value) -> Kind {
    Kind { name, title, what: What::Lists(order), harmless: never }
}

/// All kinds, in the order of the table.
pub(crate) static KINDS: [Kind; 46] = [
    act("machine_starts", "the machine starts", |_| acts::machine("started", 0.0)),
    act("machine_starts_slowly", "the machine starts, its disks follow 1.5 s later", |_| {
        acts::machine("started", 1.5)
    }),
    act("machine_stops", "the machine stops", |_| acts::machine("stopped", 0.0)),
    act("machine_trashed", "the machine goes into the trash", |_| acts::machine_into_trash()),
    act("attached", "another attaches the disk", acts::attach),
    act("attach_on_boot", "another switches attach_on_boot on", |disk| acts::on_boot(disk, true)),
    act("no_attach_on_boot", "another switches attach_on_boot off", |disk| {
        acts::on_boot(disk, false)
    }),
    act("detached", "another detaches the disk", acts::detach),
    act("assigned_elsewhere", "another assigns the disk elsewhere", |disk| {
        acts::assign(disk, OTHER_MACHINE)
    }),
    act("assigned", "another assigns the disk", |disk| acts::assign(disk, MACHINE)),
    act("unassigned", "another unassigns the disk", acts::unassign),
    act("resized", "another resizes the disk", acts::resize),
    act("deleted", "another deletes the disk", acts::delete),
    act("restored", "another restores the disk", acts::restore),
    act("purged", "another purges the disk", acts::purge),
    fault(
        "lost",
        "the request of a reading is lost",
        Asked::is_read,
        |_| not_performed("nothing"),
        always,
    ),
    fault(
        "lost_before",
        "the request of a change is lost",
        is_write,
        |_| not_performed("nothing"),
        never,
    ),
    fault(
        "lost_after",
        "the answer to a change is lost",
        is_write,
        |_| json!({ "send": "nothing" }),
        never,
    ),
    fault(
        "broken_off",
        "the answer breaks off",
        always,
        |_| json!({ "send": "half_body" }),
        Asked::is_read,
    ),
    fault("late_1", "a change comes 1 s later, its answer is lost", is_write, |_| late(1.0), never),
    fault("late_5", "a change comes 5 s later, its answer is lost", is_write, |_| late(5.0), never),
    fault(
        "late_30",
        "a change comes 30 s later, its answer is lost",
        is_write,
        |_| late(30.0),
        never,
    ),
    fault(
        "task_late_1",
        "a task's effect shows 1 s after its end",
        starts_task,
        |_| lag(1.0),
        always,
    ),
    fault(
        "task_late_5",
        "a task's effect shows 5 s after its end",
        starts_task,
        |_| lag(5.0),
        never,
    ),
    fault(
        "task_late_30",
        "a task's effect shows 30 s after its end",
        starts_task,
        |_| lag(30.0),
        never,
    ),
    fault(
        "task_fails",
        "a task fails",
        starts_task,
        |_| json!({ "task": { "fail": true } }),
        never,
    ),
    fault(
        "task_not_queued",
        "a task is not queued",
        starts_task,
        |_| json!({ "task": { "queueing_error": true } }),
        never,
    ),
    fault(
        "ignored",
        "a change is answered and ignored",
        is_write,
        |_| json!({ "perform": "ignored" }),
        never,
    ),
    fault(
        "no_effect",
        "a task completes without effect",
        starts_task,
        |_| json!({ "task": { "no_effect": true } }),
        never,
    ),
    fault(
        "stale",
        "a reading is the state before",
        Asked::shows_an_object,
        |_| json!({ "perform": "previous" }),
        never,
    ),
    fault("foreign", "a reading is another object's", shows_one, foreign, never),
    fault("unknown_once", "a reading says 404 once", shows_disk, |_| acts::unknown_disk(), never),
    fault("limited", "429 with Retry-After: 1", always, |_| acts::limited(1), always),
    fault("limited_long", "429 with Retry-After: 3600", always, |_| acts::limited(3600), never),
    fault("unavailable", "503 of the API", always, |_| acts::unavailable(), always),
    fault(
        "proxy_503",
        "503 of a proxy, not performed",
        always,
        |_| acts::page(503, false),
        Asked::is_read,
    ),
    fault(
        "proxy_503_done",
        "503 of a proxy, performed",
        is_write,
        |_| acts::page(503, true),
        never,
    ),
    fault("proxy_502", "502 of a proxy, not performed", always, |_| acts::page(502, false), never),
    fault(
        "proxy_502_done",
        "502 of a proxy, performed",
        is_write,
        |_| acts::page(502, true),
        never,
    ),
    fault("proxy_403", "403 of a proxy", always, |_| acts::page(403, false), never),
    fault("proxy_404", "404 of a proxy", always, |_| acts::page(404, false), never),
    fault("proxy_200", "a proxy's page with 200", always, |_| acts::page(200, false), never),
    lists("list_late_1", "new disks are listed 1 s later", || json!({ "lag_seconds": 1 })),
    lists("list_late_5", "new disks are listed 5 s later", || json!({ "lag_seconds": 5 })),
    lists("list_late_30", "new disks are listed 30 s later", || json!({ "lag_seconds": 30 })),
    lists("list_page_2", "the list's first page is empty", || json!({ "empty_pages": 1 })),
];

fn starts_task(asked: &Asked) -> bool {
    asked.starts_task
}

fn shows_one(asked: &Asked) -> bool {
    asked.is_read() && !asked.path.ends_with("/disks")
}

fn shows_disk(asked: &Asked) -> bool {
    asked.is_read() && asked.path == "/disks/disk"
}

fn not_performed(send: &str) -> Value {
    json!({ "perform": false, "send": send })
}

fn late(seconds: f64) -> Value {
    json!({ "perform": { "after_seconds": seconds }, "send": "nothing" })
}

fn lag(seconds: f64) -> Value {
    json!({ "task": { "lag_seconds": seconds } })
}

fn foreign(asked: &Asked) -> Value {
    let other = match asked.path.as_str() {
        "/tasks/task" => OTHER_TASK,
        "/virtual_machines/virtual_machine" => OTHER_MACHINE,
        "/trash_objects/trash_object" if !asked.by_object_id => acts::OTHER_TRASH_OBJECT,
        "/trash_objects/trash_object" => acts::OTHER_TRASHED_DISK,
        _ => OTHER_DISK,
    };
    json!({ "perform": { "of": other } })
}
