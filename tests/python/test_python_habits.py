"""What Python programs expect besides: notebooks, a package that is imported again, greenlets, PyInstaller."""

import html.parser
import importlib
import logging
import runpy
import sys
from pathlib import Path

import katapult_disk
import pytest
from places import PROJECT


class Table(html.parser.HTMLParser):
    """The cells of a table, and that no other tag is in it."""

    def __init__(self, text):
        super().__init__()
        self.cells, self.tags = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag in ("th", "td", "caption"):
            self.cells.append("")

    def handle_data(self, data):
        self.cells[-1] += data


def test_a_disk_is_a_table_in_a_notebook():
    name = "<script>alert('x')</script>&\"é"
    disk = katapult_disk.Disk.from_dict({"id": "disk_QZ1zXhyGX2Xw4nVt", "name": name, "size_in_gb": 20})
    table = Table(disk._repr_html_())
    assert table.tags == {"table", "caption", "tr", "th", "td"}
    caption, *cells = table.cells
    shown = dict(zip(cells[::2], cells[1::2]))
    assert caption == "Disk" and list(shown) == list(katapult_disk.Disk.__match_args__)
    assert (shown["id"], shown["size_in_gb"], shown["name"]) == ("'disk_QZ1zXhyGX2Xw4nVt'", "20", repr(name))


def test_what_is_protected_is_not_in_a_table():
    attribute = {"key": "password", "value": "hunter2hunter2", "protect": True}
    kind = katapult_disk.DiskInstallationAttribute
    assert "hunter2" not in kind.from_dict(attribute)._repr_html_()


@pytest.fixture
def imported_again():
    """Removes the package from the imported ones, and puts it back afterwards."""
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "katapult_disk"}
    yield lambda keep=(): [sys.modules.pop(name) for name in before if name not in keep]
    for name in [name for name in sys.modules if name.split(".")[0] == "katapult_disk"]:
        del sys.modules[name]
    sys.modules.update(before)


@pytest.mark.parametrize("keep", [(), ("katapult_disk._katapult_disk",), ("katapult_disk._katapult_disk", "katapult_disk.errors")])
def test_an_except_from_before_catches_what_is_raised_after_another_import(sim, imported_again, keep):
    old = katapult_disk
    client = old.Client(**sim.katapult())
    imported_again(keep)
    new = importlib.import_module("katapult_disk")
    assert new is not old and new.DiskNotFound is old.DiskNotFound and new.KatapultError is old.KatapultError
    for made in (client, new.Client(**sim.katapult())):
        with pytest.raises(old.DiskNotFound):
            made.get_disk("disk_missing")
    assert new.openstack.NotFound is old.openstack.NotFound


def test_greenlets_are_told_apart(sim, monkeypatch):
    """A handler of one greenlet switches to another, which makes a call."""
    one, another = object(), object()
    here = [one]
    fake = type(sys)("greenlet")
    fake.getcurrent = lambda: here[0]
    monkeypatch.setitem(sys.modules, "greenlet", fake)
    client = katapult_disk.Client(**sim.katapult())
    told = []

    class Handler(logging.Handler):
        def emit(self, record):
            logger.removeHandler(self)
            for who in (another, one):
                here[0] = who
                try:
                    told.append(len(client.list_data_centers()) > 0)
                except katapult_disk.InvalidArgument as error:
                    told.append("must not make calls" in str(error))

    logger = logging.getLogger("katapult_disk")
    logger.addHandler(Handler())
    logger.setLevel(logging.DEBUG)
    try:
        client.list_data_centers()
    finally:
        logger.setLevel(logging.NOTSET)
    assert told == [True, True]


def test_pyinstaller_is_told_what_the_extension_imports():
    from katapult_disk import __pyinstaller

    [folder] = __pyinstaller.get_hook_dirs()
    told = set(runpy.run_path(f"{folder}/hook-katapult_disk.py")["hiddenimports"])
    modules = {path.stem for path in Path(katapult_disk.__file__).parent.glob("*.py")} - {"__init__"}
    assert {f"katapult_disk.{name}" for name in modules} == {name for name in told if name.startswith("katapult_disk.")}
    source = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "py" / "src").rglob("*.rs"))
    for name in ("json", "logging", "threading", "atexit"):
        assert f'"{name}"' in source and name in told
