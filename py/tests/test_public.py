"""What is public can be looked at, typed, pickled and replaced."""

import copy
import importlib.util
import inspect
import os
import pickle
import pydoc
import subprocess
import sys
import typing
from pathlib import Path
from unittest import mock

import katapult_disk
import pytest
from katapult_disk import openstack, outcome, progress

FUNCTIONS = [name for name in katapult_disk.__all__ if inspect.isfunction(getattr(katapult_disk, name))]
HERE = Path(__file__).parent


def public_objects():
    """Modules, classes, functions, and what classes have, by where they are."""
    found = {}
    for module in (katapult_disk, openstack, progress, outcome):
        names = getattr(module, "__all__", ["Outcome"])
        found[module.__name__] = module
        found.update({f"{module.__name__}.{name}": getattr(module, name) for name in names})
    for path, thing in list(found.items()):
        if isinstance(thing, type):
            ours = [cls for cls in thing.__mro__ if cls.__module__.startswith("katapult_disk")]
            names = {name for cls in ours for name in vars(cls)}
            own = {name for name in names if not name.startswith("_") or name in ("__init__", "__call__")}
            found.update({f"{path}.{name}": getattr(thing, name) for name in own})
    return found


OBJECTS = public_objects()


def test_there_are_many():
    assert len(OBJECTS) > 400
    assert {"katapult_disk.Disk.data_center", "katapult_disk.openstack.Client.detach_volume"} < set(OBJECTS)


@pytest.mark.parametrize("path", sorted(OBJECTS))
def test_its_types_can_be_asked_for(path):
    thing = OBJECTS[path]
    thing = thing.fget if isinstance(thing, property) else thing
    if isinstance(thing, type) or inspect.isroutine(thing) or inspect.ismodule(thing):
        typing.get_type_hints(thing)
    if sys.version_info >= (3, 10) and callable(thing) and not inspect.isdatadescriptor(thing):
        inspect.signature(thing, eval_str=True)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_travels(name):
    function = getattr(katapult_disk, name)
    assert pickle.loads(pickle.dumps(function)) is function
    assert copy.deepcopy(function) is function
    assert (function.__name__, function.__qualname__, function.__module__) == (name, name, "katapult_disk")
    assert name in pydoc.render_doc(function, renderer=pydoc.plaintext)


def test_help_shows_the_arguments_without_self():
    text = pydoc.render_doc(katapult_disk.detach_disk, renderer=pydoc.plaintext)
    assert "detach_disk(disk_id, *, wait=False, timeout=600.0, progress=None)" in text
    assert "Detaches a disk from its virtual machine" in text


def test_a_function_can_be_replaced():
    with mock.patch("katapult_disk.get_disk", autospec=True) as get_disk:
        get_disk.return_value = katapult_disk.Disk.from_dict({"id": "disk_x"})
        assert katapult_disk.get_disk("disk_x").id == "disk_x"
        with pytest.raises(TypeError):
            katapult_disk.get_disk()
        get_disk.assert_called_once_with("disk_x")


def test_the_default_client_can_be_a_mock():
    client = mock.Mock(spec=katapult_disk.Client)
    katapult_disk.set_default_client(client)
    try:
        assert katapult_disk.resize_disk("disk_x", 40, method="online") is client.resize_disk.return_value
    finally:
        katapult_disk.set_default_client(None)
    client.resize_disk.assert_called_once_with("disk_x", 40, method="online")


def test_every_method_is_a_function():
    methods = {name for name, method in vars(katapult_disk.Client).items() if inspect.ismethoddescriptor(method)}
    assert {name for name in methods if not name.startswith("_")} - {"close", "interrupt"} == set(FUNCTIONS) - {"set_default_client"}


def test_a_list_says_what_it_lists():
    client = katapult_disk.Client("token", base_url="http://127.0.0.1:1")
    assert repr(client.list_disks("acme", annotations={"team": "a b"})) == (
        '<katapult_disk list: DiskSummary objects of "/organizations/organization/disks'
        '?organization[sub_domain]=acme&annotations[][key]=team&annotations[][value]=a b">'
    )
    text = repr(client.list_virtual_machine_disks("web-1.acme.example\n"))
    assert "VirtualMachineDisk objects" in text and "\n" not in text


def test_the_stubs_are_those_of_the_package():
    """`make stubs` writes them."""
    spec = importlib.util.spec_from_file_location("stubs", HERE.parent / "stubs.py")
    stubs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stubs)
    for name, text in stubs.stubs().items():
        assert (stubs.PACKAGE / name).read_text(encoding="utf-8") == text, f"{name}: run `make stubs`"


TYPED = """
import katapult_disk
from katapult_disk import Disk, create_disk, get_disk, list_disks, resize_disk

reveal_type(create_disk("data", 20, idempotency_key="x").task)
reveal_type([disk.virtual_machine_disk for disk in list_disks()])
reveal_type(get_disk(create_disk("data", 20)))
reveal_type(Disk.from_dict({"id": "disk_x"}).name)
reveal_type(katapult_disk.openstack.Client().list_volume_attachments("x"))
resize_disk("disk_x", 40, method="of line")
create_disk("data", 20, bus_type="sata")
katapult_disk.create_disk_backup_policy(disk="x", schedule={"interval": "yearly"})
katapult_disk.create_disk_backup_policy(disk="x", schedule={"interval": "daily", "time": 3})
get_disk(1)
"""


def test_type_checkers_see_the_functions(tmp_path):
    pytest.importorskip("mypy")
    path = tmp_path / "typed.py"
    path.write_text(TYPED)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull, str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    lines = [line.split(":", 2)[1:] for line in finished.stdout.splitlines() if line.startswith("typed.py")]
    shown = {int(number): text for number, text in lines}
    for number, says in {
        5: '"katapult_disk.Task | None"',
        6: '"list[katapult_disk.VirtualMachineDisk | None]"',
        7: '"katapult_disk.Disk"',
        8: '"str"',
        9: '"list[katapult_disk.openstack.VolumeAttachment]"',
        10: "of line",
        11: "sata",
        12: "_Schedule",
        14: "VirtualMachineDisk",
    }.items():
        assert says in shown[number].replace("builtins.", "").replace("_katapult_disk.", ""), finished.stdout
    assert set(shown) == {5, 6, 7, 8, 9, 10, 11, 12, 14}, finished.stdout
