"""Every operation of the matrix, with arguments that the simulator accepts as it is after a reset."""

from dataclasses import dataclass, field

from faces import OPENSTACK

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

    @property
    def name(self):
        return f"{self.call} ({self.variant})" if self.variant else self.call

    @property
    def is_cloud(self):
        return self.call.startswith(OPENSTACK)

    @property
    def logs_in(self):
        """The fault strikes Keystone; Nova is reached directly."""
        return self.variant == "login"

    @property
    def is_large(self):
        return self.variant == "large"

    def meets(self, fault):
        """Whether the fault can strike it."""
        # A client that has an idle connection to Keystone has its token already.
        idle_login = self.logs_in and fault.stage in ("idle", "behind")
        # What is large is about breaking off while it is sent, and more than the simulator takes.
        return not idle_login and (not self.is_large or fault.stage == "half")


def operations(about):
    """All of them, by name; `about` is the simulator's description."""
    disks, policies = about["disks"], about["disk_backup_policies"]
    organization = {"organization": about["organization"]}
    machine = {"virtual_machine": about["virtual_machine"]["fqdn"]}
    template = {"disk_template": about["disk_templates"]["universal"]}
    version = {"disk_template_version_id": about["disk_template_versions"]["latest"]}
    policy = {"disk_backup_policy_id": policies["disk"]}
    trash = {"trash_object": about["trash_object_id"]}
    server = {"server_id": about["server_id"]}
    volume = {**server, "volume_id": about["volume_id"]}
    daily = {"retention": 3, "schedule": {"interval": "daily", "time": 4}}
    new = {"name": "Fault", "size_in_gb": 20, "data_center": about["data_center"], **organization}

    def disk(kind):
        return {"disk_id": disks[kind]}

    def read(call, variant="", **arguments):
        return Operation(call, arguments, False, variant)

    def write(call, variant="", **arguments):
        return Operation(call, arguments, True, variant)

    every = [
        write("create_disk", **new),
        write("create_disk", "large", **new, annotations={"note": "x" * LARGE}),
        read("get_disk", **disk("attached")),
        write("update_disk", **disk("unassigned"), name="Renamed"),
        write("delete_disk", **disk("unassigned")),
        write("assign_disk", **disk("unassigned"), **machine),
        write("unassign_disk", **disk("detached")),
        write("attach_disk", **disk("detached")),
        write("detach_disk", **disk("attached")),
        write("resize_disk", **disk("unassigned"), size_in_gb=400),
        write("set_disk_io_profile", **disk("unassigned"), io_profile="100k"),
        read("list_disks", **organization),
        read("list_virtual_machine_disks", **machine),
        read("list_disk_io_profiles", **organization),
        read("list_disk_templates", **organization),
        read("get_disk_template", **template),
        read("list_disk_template_versions", **template),
        read("get_disk_template_version", **version),
        read("get_disk_template_version_spec", **version),
        read("list_data_centers"),
        read("get_data_center", data_center=about["data_center"]),
        read("list_disk_backup_policies", **organization),
        read("list_disk_backup_policies", "of a machine", **machine),
        read("list_disk_backup_policies", "of a disk", disk=disks["attached"]),
        read("get_disk_backup_policy", **policy),
        write("create_disk_backup_policy", "of a disk", disk=disks["attached"], **daily),
        write("create_disk_backup_policy", "of a machine", **machine, **daily),
        write("update_disk_backup_policy", **policy, retention=5),
        write("delete_disk_backup_policy", **policy),
        write("schedule_disk_backup_policy_deletion", **policy, timestamp=4_000_000_000),
        read("list_trash_objects", **organization),
        read("get_trash_object", **trash),
        write("restore_trash_object", **trash),
        write("purge_trash_object", **trash),
        write("purge_all_trash", **organization),
        read("list_virtual_machines", **organization),
        read("get_virtual_machine", **machine),
        read("get_task", task_id=TASK),
        read("openstack_list_volume_attachments", **server),
        read("openstack_get_volume_attachment", **volume),
        write("openstack_detach_volume", **volume),
        write("openstack_detach_volume", "login", **volume),
    ]
    return {operation.name: operation for operation in every}


# A get, a create, a detach, a list and OpenStack's detach: every kind of request and of answer.
SHORT = ("get_disk", "create_disk", "detach_disk", "list_disks", "openstack_detach_volume")


def arrange(sim):
    """The simulator as every cell finds it."""
    sim.control("POST", "reset")
    sim.control("POST", "objects", {"tasks": [{"id": TASK, "name": "Stop virtual machine", "seconds": 60}]})


def recovery(operation, about):
    """A read that tells whether the same client works again, and the way in its value to what it must find."""
    if operation.is_cloud:
        arguments = {"server_id": about["server_id"], "volume_id": about["root_volume_id"]}
        return "openstack_get_volume_attachment", arguments, "volumeId", about["root_volume_id"]
    disk_id = about["disks"]["boot"]
    return "get_disk", {"disk_id": disk_id}, "id", disk_id
