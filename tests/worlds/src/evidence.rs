//! What a call could know: see [`judge`](crate::judge).

use crate::run::Call;
use crate::scenario::{OTHER_MACHINE, Scenario, Wish};
use crate::truth::{Cause, Disk, History, Request};

/// Of one call, about one disk.
pub(crate) struct Evidence<'a> {
    pub(crate) history: &'a History,
    pub(crate) call: &'a Call,
    pub(crate) disk: &'a str,
}

impl Evidence<'_> {
    /// The version from which on a wish must have been true.
    pub(crate) fn since(&self) -> usize {
        let all = self.call.requests.end;
        let machine = self.shown(all, Self::is_of_machine).unwrap_or(0);
        self.own_change(all, self.call.end)
            .max(self.shown(all, |it| self.is_of_disk(it)).unwrap_or(0))
            .max(machine)
    }

    /// Whether the last readings of disk and machine, each after the last own change, show the wish
    /// together.
    pub(crate) fn shows_together(&self, wish: Wish) -> bool {
        let all = self.call.requests.end;
        let disk = self.shown(all, |it| self.is_of_disk(it));
        let machine = self.shown(all, Self::is_of_machine);
        let (Some(disk), Some(machine)) = (disk, machine) else { return false };
        let (seen, machines) = (&self.history.versions[disk], &self.history.versions[machine]);
        let state = |id: &str| {
            machines.virtual_machines.get(id).map_or(String::new(), |machine| machine.state.clone())
        };
        self.own_change(all, self.call.end) <= disk.min(machine)
            && wish.is_true(seen.disk(self.disk), &state)
    }

    /// What is wrong with a request: an unassign of an attached disk or a delete of an assigned one, or any
    /// change of one that another machine has than the caller named, unless it has become so since the
    /// last look at it.
    pub(crate) fn unsafe_changes(&self, scenario: &Scenario, number: usize) -> Vec<String> {
        let request = &self.history.requests[number];
        if request.is_read() {
            return Vec::new();
        }
        let own = self.own_change(number, request.received);
        let since = match self.shown(number, |it| self.is_of_disk(it)) {
            Some(shown) => own.max(shown),
            None if own > 0 => own,
            None => request.received,
        };
        let known = self.history.versions.get(since..=request.received).unwrap_or_default();
        let always = |is_so: fn(&Disk) -> bool| {
            known.iter().all(|version| version.disk(self.disk).is_some_and(is_so))
        };
        let mut broken = Vec::new();
        if request.is("POST", "/disks/disk/unassign") && always(Disk::is_in_use) {
            broken.push("an attached disk is unassigned");
        }
        if request.is("DELETE", "/disks/disk") && always(Disk::is_assigned) {
            broken.push("an assigned disk is deleted");
        }
        if scenario.expects_machine() && always(is_elsewhere) {
            broken.push("another machine's disk is changed");
        }
        let by = format!("by request {}", number + 1);
        broken.into_iter().map(|what| format!("not safe: {what}, {by}")).collect()
    }

    /// The latest version, up to one, that the call made before a request or was told to have made.
    fn own_change(&self, before: usize, until: usize) -> usize {
        let own = self.call.requests.start..before;
        let made = self.history.versions.iter().enumerate().take(until + 1);
        let made = made.filter(|(_, version)| match version.cause {
            Cause::Request(number) => own.contains(&number),
            Cause::Actor | Cause::Order => false,
        });
        let told =
            self.requests(before).filter(|request| !request.is_read() && request.succeeded());
        let told = told.map(|request| request.received);
        made.map(|(number, _)| number).chain(told).max().unwrap_or(0)
    }

    /// The version that the last such reading before a request showed.
    fn shown(&self, before: usize, is_meant: impl Fn(&Request) -> bool) -> Option<usize> {
        let readings = self.requests(before).filter(|request| request.is_read());
        readings.filter(|request| is_meant(request)).filter_map(|request| request.shown).last()
    }

    fn requests(&self, before: usize) -> impl Iterator<Item = &Request> {
        self.history.requests[self.call.requests.start..before].iter()
    }

    fn is_of_disk(&self, request: &Request) -> bool {
        let is_of_trash = request.path() == "/trash_objects/trash_object";
        is_of_trash || (request.path() == "/disks/disk" && request.names(self.disk))
    }

    fn is_of_machine(request: &Request) -> bool {
        request.path() == "/virtual_machines/virtual_machine"
    }
}

fn is_elsewhere(disk: &Disk) -> bool {
    let relation = disk.virtual_machine_disk.as_ref();
    relation.is_some_and(|relation| relation.virtual_machine.id == OTHER_MACHINE)
}
