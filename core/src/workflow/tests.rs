//! What each workflow decides about what it sees; no I/O.

use std::time::Duration;

use serde_json::{Value, json};

use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::DiskView;
use super::reach::{Goal, Next, Obstacle, Seen};
use super::{EnsureDiskAttached, EnsureDiskDetached, EnsureDiskSize, EnsureDiskUnassigned};
use crate::{ApiResponse, ResizeMethod, VirtualMachine};

const DISK: &str = "disk_Ot5Ne8Dk2Sw7Vh1R";

/// `None` is a disk without a virtual machine.
fn view(attachment: Option<(&str, bool)>) -> DiskView {
    let relation = attachment.map(|(state, attach_on_boot)| {
        let machine = json!({"id": "vm_Ot5Ne8Dk2Sw7Vh1R", "fqdn": "web-1.acme.example"});
        json!({"virtual_machine": machine, "state": state, "attach_on_boot": attach_on_boot, "boot": false})
    });
    let disk =
        json!({"id": DISK, "size_in_gb": 20, "state": "built", "virtual_machine_disk": relation});
    DiskView::read(ApiResponse::of(json!({"disk": disk, "annotations": []}).to_string())).unwrap()
}

fn machine(state: &str) -> VirtualMachine {
    let machine: Value = json!({"id": "vm_Ot5Ne8Dk2Sw7Vh1R", "state": state});
    serde_json::from_value(machine).unwrap()
}

type Sight<'a> = (Option<(&'a str, bool)>, Option<&'a str>, bool);

/// What is decided, or why not.
fn next(goal: &impl Goal, (attachment, state, is_doubtful): Sight<'_>) -> Result<Next, String> {
    let seen = Seen {
        view: view(attachment),
        machine: state.map(machine),
        doubt: is_doubtful.then_some(Duration::from_secs(1)),
        is_current: true,
    };
    goal.next(&seen).map_err(|obstacle| match obstacle {
        Obstacle::Passing(error) => format!("passing: {}", error.description()),
        Obstacle::Lasting(error) => format!("lasting: {}", error.description()),
    })
}

#[test]
fn the_way_to_a_detached_disk() {
    let off = Change::SetAttachOnBoot(false);
    let table: [(Sight<'_>, Next); 7] = [
        ((None, None, false), Next::Done),
        ((Some(("attached", true)), Some("started"), false), Next::Make(off.clone())),
        ((Some(("detached", true)), Some("started"), true), Next::Make(off.clone())),
        ((Some(("detached", true)), Some("stopped"), false), Next::Make(off)),
        ((Some(("attached", false)), None, false), Next::Make(Change::Detach)),
        ((Some(("detached", false)), Some("started"), true), Next::InDoubt),
        ((Some(("detached", false)), Some("started"), false), Next::Done),
    ];
    for (sight, expected) in table {
        assert_eq!(next(&EnsureDiskDetached::new(DISK), sight), Ok(expected), "{sight:?}");
    }
    // The same, and then what unassigns it.
    let unassigned = EnsureDiskUnassigned::new(DISK);
    assert_eq!(next(&unassigned, (None, None, false)), Ok(Next::Done));
    let sight = (Some(("detached", false)), Some("started"), true);
    assert_eq!(next(&unassigned, sight), Ok(Next::InDoubt));
    let sight = (Some(("detached", false)), Some("failed"), false);
    assert_eq!(next(&unassigned, sight), Ok(Next::Make(Change::Unassign)));
    let sight = (Some(("attached", false)), Some("started"), false);
    assert_eq!(next(&unassigned, sight), Ok(Next::Make(Change::Detach)));
}

#[test]
fn the_way_to_an_attached_disk() {
    let table: [(Sight<'_>, Next); 7] = [
        (
            (None, Some("started"), false),
            Next::Make(Change::AssignTo((&machine("started")).into())),
        ),
        (
            (Some(("detached", false)), Some("started"), false),
            Next::Make(Change::SetAttachOnBoot(true)),
        ),
        ((Some(("detached", true)), Some("started"), false), Next::Make(Change::Attach)),
        ((Some(("detached", true)), Some("started"), true), Next::InDoubt),
        ((Some(("detached", true)), Some("stopped"), false), Next::Done),
        ((Some(("attached", true)), None, false), Next::Done),
        ((Some(("attached", false)), None, false), Next::Make(Change::SetAttachOnBoot(true))),
    ];
    let mut goal = EnsureDiskAttached::new(DISK);
    assert!(next(&goal, (None, None, false)).unwrap_err().contains("name the virtual machine"));
    for name in ["vm_Ot5Ne8Dk2Sw7Vh1R", "WEB-1.acme.EXAMPLE"] {
        goal.virtual_machine = Some(name.into());
        for (sight, expected) in &table {
            assert_eq!(next(&goal, *sight).as_ref(), Ok(expected), "{sight:?}");
        }
    }
    goal.virtual_machine = Some("web-2.acme.example".into());
    let error = next(&goal, (Some(("attached", true)), None, false)).unwrap_err();
    assert!(error.contains("not to web-2.acme.example"), "{error}");
}

#[test]
fn the_way_to_a_size() {
    let offline =
        |size_in_gb| Next::Make(Change::Resize { size_in_gb, method: ResizeMethod::Offline });
    let goal =
        |size_in_gb| EnsureDiskSize { method: None, ..EnsureDiskSize::new(DISK, size_in_gb) };
    assert_eq!(next(&goal(20), (Some(("attached", true)), None, false)), Ok(Next::Done));
    assert_eq!(next(&goal(30), (None, None, false)), Ok(offline(30)));
    assert_eq!(
        next(&goal(10), (Some(("detached", true)), Some("started"), true)),
        Ok(Next::InDoubt)
    );
    assert_eq!(
        next(&goal(10), (Some(("detached", true)), Some("started"), false)),
        Ok(offline(10))
    );
    let error = next(&goal(30), (Some(("attached", true)), None, false)).unwrap_err();
    assert!(error.starts_with("lasting") && error.contains("cannot grow offline"), "{error}");
}

#[test]
fn what_passes_is_told_from_what_lasts() {
    let goal = EnsureDiskDetached::new(DISK);
    let table: [(Sight<'_>, &str); 6] = [
        ((Some(("attaching", true)), Some("started"), false), "passing"),
        ((Some(("detaching", true)), Some("started"), false), "passing"),
        ((Some(("failed", true)), Some("started"), false), "lasting"),
        ((Some(("attached", true)), Some("starting"), false), "passing"),
        ((Some(("attached", true)), Some("quantum"), false), "passing"),
        ((Some(("attached", true)), Some("failed"), false), "lasting"),
    ];
    for (sight, expected) in table {
        let error = next(&goal, sight).unwrap_err();
        assert!(error.starts_with(expected), "{sight:?}: {error}");
    }
}

/// Looks at a disk and its virtual machine, in their order, and whether `detached` is doubtful then.
fn is_doubtful(is_strict: bool, looks: &[((&str, bool), &str)]) -> bool {
    let mut boot = BootWatch::new(is_strict);
    let mut last = view(None);
    for (attachment, state) in looks {
        last = view(Some(*attachment));
        boot.note_disk(&last);
        boot.note_machine(&machine(state));
    }
    boot.doubt(&last).is_some()
}

#[test]
fn a_disk_that_a_start_may_have_attached_is_doubtful() {
    let (off, on) = (("detached", false), ("detached", true));
    let attached = ("attached", true);
    for is_strict in [false, true] {
        let is_doubtful = |looks: &[_]| is_doubtful(is_strict, looks);
        assert!(is_doubtful(&[(on, "started")]), "the virtual machine may just have started");
        assert!(is_doubtful(&[(on, "stopped"), (off, "started")]), "it started before the change");
        assert!(is_doubtful(&[(off, "stopped"), (on, "started")]), "or after the change");
        assert!(!is_doubtful(&[(on, "stopped")]), "nothing is attached there");
    }
    assert!(!is_doubtful(false, &[(off, "started")]), "no start attaches it");
    assert!(!is_doubtful(false, &[(off, "started"), (on, "started")]), "it started before that");
    assert!(is_doubtful(true, &[(off, "started")]), "it may have been on when the machine started");
    assert!(is_doubtful(true, &[(attached, "started"), (off, "started")]), "it was started anew");
}

#[test]
fn a_disk_that_the_workflow_has_detached_is_not_doubtful() {
    let mut boot = BootWatch::new(true);
    boot.note_disk(&view(Some(("attached", false))));
    boot.note_machine(&machine("started"));
    boot.note_own_detach();
    let now = view(Some(("detached", false)));
    boot.note_disk(&now);
    assert_eq!(boot.doubt(&now), None);
    assert!(!boot.may_have_attached());
}
