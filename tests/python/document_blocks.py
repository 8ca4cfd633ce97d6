"""Blocks of code in the documents: where they are, and how they are run with a simulator."""

import os
import re
import subprocess
import sys

from places import PROJECT


def blocks(page, language="python"):
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def write_files(folder):
    """Writes the blocks that begin with a file's name, as a reader would. Gives their names."""
    names = []
    for block in blocks("fleets.md") + blocks("engines.md"):
        named = re.match(r"# (\w+\.py)\b", block)
        if named:
            (folder / named[1]).write_text(block, encoding="utf-8")
            names.append(named[1])
    return names


def environment(sim):
    """What a program needs to find the simulator, and no proxy on the way to it."""
    about = sim.about
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {
        **kept,
        "PYTHONUNBUFFERED": "1",
        "KATAPULT_API_URL": about["katapult_url"],
        "KATAPULT_API_TOKEN": about["api_token"],
        "KATAPULT_ORGANIZATION": about["organization"],
        "KATAPULT_DATA_CENTER": about["data_center"],
    }


def start(program, sim, folder, *arguments):
    """Starts a program in a group of processes of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, program, *arguments],
        cwd=folder,
        env=environment(sim),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
