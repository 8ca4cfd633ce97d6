"""What the README shows, copied out of it and run."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from c_header import functions
from places import HEADER, PROJECT, RELEASE, shared_library
from table import TABLE
from test_c_header import API_CODES, statuses

README = (PROJECT / "README.md").read_text(encoding="utf-8")
CALLS = (PROJECT / "docs" / "reference" / "calls.md").read_text(encoding="utf-8")
STATUSES = (PROJECT / "docs" / "reference" / "statuses.md").read_text(encoding="utf-8")


def blocks(language, section):
    text = README.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def filled(sim):
    """The README's text with the simulator's names in place of the made-up ones."""
    about = sim.about
    names = {
        "web-1.acme.example": about["virtual_machine"]["fqdn"],
        "your-api-token": about["api_token"],
        "acme": about["organization"],
        "uk-lon-01": about["data_center"],
        "disk_QZ1zXhyGX2Xw4nVt": about["disks"]["attached"],
        "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae": about["server_id"],
        "91b7d2f4-0a6e-4c38-b1f5-2e8d7c30a946": about["volume_id"],
    }

    # In one go, since real names may hold made-up ones; the longer ones first.
    made_up = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))

    def fill(text):
        return made_up.sub(lambda found: names[found[0]], text)

    return fill


@pytest.fixture
def environment(sim, monkeypatch, tmp_path):
    monkeypatch.setenv("KATAPULT_API_URL", sim.about["katapult_url"])
    monkeypatch.setenv("KATAPULT_API_TOKEN", sim.about["api_token"])
    monkeypatch.setenv("KATAPULT_ORGANIZATION", sim.about["organization"])
    monkeypatch.setenv("KATAPULT_DATA_CENTER", sim.about["data_center"])
    names = ("auth_url", "username", "password", "user_domain_name", "project_name", "project_domain_name")
    auth = {name: sim.about[name] for name in names}
    clouds = {"clouds": {"production": {"auth": auth, "region_name": sim.about["region_name"]}}}
    file = tmp_path / "clouds.yaml"
    file.write_text(json.dumps(clouds), encoding="utf-8")
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(file))


@pytest.mark.parametrize(("section", "number"), [("Python", 0), ("Python", 1), ("Python", 2), ("Python", 3), ("OpenStack", 0)])
def test_python(section, number, filled, environment):
    program = filled(blocks("python", section)[number])
    finished = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr


def test_python_failures(filled, environment):
    first, *_, failures = blocks("python", "Python")
    program = first.split("    disk = ")[0] + "    " + failures.replace("\n", "\n    ")
    program = filled(program).replace('"data", 20', '"", 20')
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert "can't be blank" in finished.stdout


def test_c(filled, environment, sim, tmp_path):
    program, _ = blocks("c", "C")
    source, binary = tmp_path / "example.c", tmp_path / "example"
    source.write_text(filled(program), encoding="utf-8")
    link = [f"-I{HEADER.parent}", f"-L{RELEASE}", "-lkatapult_disk", f"-Wl,-rpath,{RELEASE}"]
    static = [
        f"-I{HEADER.parent}",
        str(RELEASE / "libkatapult_disk.a"),
        *"-lutil -lrt -lpthread -lm -ldl -lc".split(),
    ]
    import katapult_disk

    name = katapult_disk.get_disk(sim.about["disks"]["attached"]).name
    for arguments in (link, static):
        subprocess.run([shutil.which("cc"), str(source), *arguments, "-o", str(binary)], check=True)
        finished = subprocess.run([str(binary)], capture_output=True, text=True)
        assert finished.returncode == 0, finished.stdout
        assert finished.stdout == f"ok: {name}\n"
    assert shared_library().name == "libkatapult_disk.so"


def test_every_call_is_in_the_tables():
    """In C a name may be cut short behind another: `…_list_pages`."""
    calls = [operation.method for operation in TABLE.values()]
    assert [name for name in calls if f"`{name}(" not in CALLS] == []
    named = set(re.findall(r"`(katapult_\w+|…_\w+)", CALLS))
    unnamed = [
        name
        for name in (f"katapult_{name}" for name in functions())
        if name not in named and not any(f"…{name[at:]}" in named for at in range(len(name)))
    ]
    assert unnamed == []


def test_the_status_table_is_the_header():
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| `?([\w.]*)`? \|", STATUSES, re.MULTILINE)
    assert {name: int(number) for number, name, _ in rows} == statuses()
    assert set(API_CODES) <= {name for _, name, _ in rows}


def test_the_status_table_names_python_classes():
    import katapult_disk

    for _, name, path in re.findall(r"^\| (\d+) \| `(\w+)` \| `?([\w.]*)`? \|", STATUSES, re.MULTILINE):
        if name == "ok":
            continue
        found = katapult_disk
        for part in path.split("."):
            found = getattr(found, part)
        assert issubclass(found, katapult_disk.KatapultError), path
