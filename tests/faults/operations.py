"""Every operation of the table, with arguments that the simulator accepts as it is after a reset."""

from dataclasses import dataclass, field

from table import OPENSTACK, TABLE, live_arguments

TASK = "task_FaultMatrix00001"
# More than the buffers between two sockets hold (3 MB on Linux): the fault strikes a client that is still sending.
LARGE = 4_000_000


@dataclass(frozen=True)
class Operation:
    # As in faces.py; `variant` tells apart what has several paths or goes another way.
    call: str
    arguments: dict = field(default_factory=dict)
    is_write: bool = False
    variant: str = ""
    # What the simulator answers where it does not know the operation.
    answer: object = None

    @property
    def name(self):
        return f"{self.call} ({self.variant})" if self.variant else self.call

    @property
    def is_cloud(self):
        return self.call.startswith(OPENSTACK)

    @property
    def logs_in(self):
        """The fault strikes Keystone; Nova is reached directly."""
        return self.variant in ("login", "exchange")

    @property
    def discovers(self):
        """Nova's URL has no version, so the fault strikes the version document first."""
        return self.variant == "discovery"

    @property
    def proves_absence(self):
        """Nova finds no attachment to detach, and the fault strikes the list that must prove that there is none."""
        return self.variant == "absence"

    @property
    def prepares(self):
        """The fault strikes something that comes before the operation's own request."""
        return self.logs_in or self.discovers

    @property
    def unharmed(self):
        """How many requests pass before the fault strikes."""
        return 1 if self.proves_absence else 0

    @property
    def is_large(self):
        return self.variant == "large"

    def meets(self, fault):
        """Whether the fault can strike it."""
        if self.prepares:
            # A client that has an idle connection to Keystone has its token already, and one to Nova its URL.
            return fault.stage not in ("idle", "behind")
        if self.proves_absence:
            # The connection was good enough for the request before.
            return fault.stage in ("request", "answer") and fault.certificate == "good"
        # What is large is about breaking off while it is sent, and more than the simulator takes.
        return not self.is_large or fault.stage == "half"


def operations(about):
    """All of them, by name; `about` is the simulator's description."""
    entries = [entry for entry in TABLE.values() if entry.request and not entry.polls]
    every = [operation for entry in entries for operation in variants(entry, about)]
    large = {"annotations": {"note": "x" * LARGE}}
    create = live_arguments(TABLE["create_disk"], about)[""]
    detach = live_arguments(TABLE["openstack_detach_volume"], about)[""]
    every.append(Operation("create_disk", {**create, **large}, True, "large"))
    for variant in ("login", "exchange", "discovery"):
        every.append(Operation("openstack_detach_volume", detach, True, variant))
    every.append(Operation("openstack_detach_volume", {**detach, "missing_ok": True}, variant="absence"))
    return {operation.name: operation for operation in every}


def variants(entry, about):
    """The operation with each of its sets of arguments; one that the simulator does not know with an answer."""
    if entry.live is None:
        # As often as the client may ask.
        answer = {"status": entry.status, "body": entry.answer, "times": 20}
        return [Operation(entry.name, entry.arguments, entry.is_write, answer=answer)]
    calls = live_arguments(entry, {**about, "task": TASK})
    return [Operation(entry.name, arguments, entry.is_write, of) for of, arguments in calls.items()]


# A get, a create, a detach, a list and OpenStack's detach: every kind of request and of answer.
SHORT = ("get_disk", "create_disk", "detach_disk", "list_disks", "openstack_detach_volume")


def arrange(sim, operation):
    """The simulator as every cell of an operation finds it."""
    sim.control("POST", "reset")
    if operation.proves_absence:
        sim.volume(operation.arguments["volume_id"], attached=False)
    sim.control("POST", "objects", {"tasks": [{"id": TASK, "name": "Stop virtual machine", "seconds": 60}]})


def recovery(operation, about):
    """A read that tells whether the same client works again, and the way in its value to what it must find."""
    if operation.is_cloud:
        arguments = {"server_id": about["server_id"], "volume_id": about["root_volume_id"]}
        return "openstack_get_volume_attachment", arguments, "volumeId", about["root_volume_id"]
    disk_id = about["disks"]["boot"]
    return "get_disk", {"disk_id": disk_id}, "id", disk_id
