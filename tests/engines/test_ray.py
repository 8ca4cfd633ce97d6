"""The recipe for Ray of docs/engines.md, and what the page says of Ray's logs."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import recipes


@pytest.fixture(autouse=True)
def ray_environment(monkeypatch):
    # Its logs; the name is short, since those of sockets have to be.
    folder = tempfile.mkdtemp(prefix="ray")
    monkeypatch.setenv("RAY_TMPDIR", folder)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    # Otherwise lines that are alike are shown once for all workers.
    monkeypatch.setenv("RAY_DEDUP_LOGS", "0")
    yield
    shutil.rmtree(folder, ignore_errors=True)


def test_200_disks_and_again(limited, folder):
    recipes.creates_all("with_ray.py", limited, folder)
    recipes.costs(limited, most=1.1)
    recipes.again_nothing_is_created("with_ray.py", limited, folder)


def test_errors(limited, folder):
    recipes.tells_of_errors("with_ray.py", limited, folder)


@pytest.mark.parametrize("whom", ["group", "main"])
def test_ctrl_c(slow, folder, whom):
    recipes.ends_at_ctrl_c("with_ray.py", slow, folder, whom=whom)


WHERE_THE_TOKEN_IS = """
import json, os, ray
context = ray.init(log_to_driver=False)

@ray.remote
def token(name):
    return os.environ[name]

runtime_env = {"env_vars": {"IN_RUNTIME_ENV": "written-in-clear"}}
print(ray.get(token.remote("IN_ENVIRONMENT")), ray.get(token.options(runtime_env=runtime_env).remote("IN_RUNTIME_ENV")))
print(json.dumps(context.address_info["session_dir"]))
"""


def test_a_runtime_env_is_logged_in_clear_and_the_environment_is_not():
    environment = {**os.environ, "IN_ENVIRONMENT": "kept-to-itself"}
    command = [sys.executable, "-c", WHERE_THE_TOKEN_IS]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    values, session = finished.stdout.splitlines()[-2:]
    assert values == "kept-to-itself written-in-clear"
    logs = [path for path in Path(json.loads(session)).rglob("*") if path.is_file()]
    holding = {text: {path.name for path in logs if text.encode() in path.read_bytes()} for text in values.split()}
    assert holding["kept-to-itself"] == set()
    assert "runtime_env_agent.log" in holding["written-in-clear"]
