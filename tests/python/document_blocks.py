"""Blocks of code in the documents: where they are, and how they are run with a simulator."""

import json
import os
import re
import subprocess
import sys

from places import PROJECT


def all_blocks(text):
    """Each block of a document: its language and its text."""
    return re.findall(r"^```(\w+)[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def blocks(page, language="python"):
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    return [block for its_language, block in all_blocks(text) if its_language == language]


def filled(text, about):
    """A text with the simulator's names in place of the made-up ones."""
    names = {
        "web-1.acme.example": about["virtual_machine"]["fqdn"],
        '"your-api-token"': json.dumps(about["api_token"]),
        '"acme"': json.dumps(about["organization"]),
        '"uk-lon-01"': json.dumps(about["data_center"]),
        "disk_QZ1zXhyGX2Xw4nVt": about["disks"]["attached"],
        "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae": about["server_id"],
        "91b7d2f4-0a6e-4c38-b1f5-2e8d7c30a946": about["volume_id"],
    }
    # In one go, since real names may hold made-up ones.
    return re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], text)


def write_files(folder):
    """Writes the blocks that begin with a file's name, as a reader would. Gives their names."""
    names = []
    for block in blocks("fleets.md") + blocks("engines.md"):
        named = re.match(r"# (\w+\.py)\b", block)
        if named:
            (folder / named[1]).write_text(block, encoding="utf-8")
            names.append(named[1])
    return names


def environment(sim, folder):
    """What a program needs to find the simulator, and no proxy on the way to it. The folder gets a clouds.yaml."""
    about = sim.about
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    names = ("auth_url", "username", "password", "user_domain_name", "project_name", "project_domain_name")
    production = {"auth": {name: about[name] for name in names}, "region_name": about["region_name"]}
    clouds = folder / "clouds.yaml"
    clouds.write_text(json.dumps({"clouds": {"production": production}}), encoding="utf-8")
    clouds.chmod(0o600)
    return {**kept, "PYTHONUNBUFFERED": "1", **about["environment"], "OS_CLIENT_CONFIG_FILE": str(clouds)}


def start(program, sim, folder, *arguments):
    """Starts a program in a group of processes of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, program, *arguments],
        cwd=folder,
        env=environment(sim, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
