"""The fixtures, as a user's tests see them: each test here runs a pytest of its own."""

import pytest

PROGRAM = """
import os, urllib.request

def disks(katapult):
    assert os.environ["KATAPULT_API_URL"] == katapult.url
    return katapult.state["disks"]

def test_one(katapult):
    katapult.place(disks=[{"id": "disk_1"}])
    assert disks(katapult) == %(disks)d + 1

def test_another(katapult):
    katapult.place(disks=[{"id": "disk_2"}])
    assert disks(katapult) == %(disks)d + 1
"""


@pytest.fixture
def run(pytester, katapult_simulator):
    """Runs pytest in a process of its own, as with the installed plugin."""

    def running(program, *options):
        pytester.makepyfile(program)
        return pytester.runpytest_subprocess("-p", "katapult_sim.pytest_plugin", "-p", "no:cacheprovider", *options)

    return running


def test_each_test_has_it_as_new(run, katapult):
    run(PROGRAM % {"disks": katapult.state["disks"]}).assert_outcomes(passed=2)


def test_each_worker_of_xdist_has_its_own(run):
    program = """
import pathlib, time

def meet(katapult, name):
    pathlib.Path(name).write_text(katapult.url)
    end = time.monotonic() + 20
    while len(list(pathlib.Path().glob("url-*"))) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    assert len({path.read_text() for path in pathlib.Path().glob("url-*")}) == 2

def test_one(katapult): meet(katapult, "url-1")
def test_two(katapult): meet(katapult, "url-2")
"""
    run(program, "-n", "2").assert_outcomes(passed=2)


def test_the_environment_leads_nowhere_else(run, monkeypatch):
    monkeypatch.setenv("OS_CLOUD", "production")
    monkeypatch.setenv("KATAPULT_API_KEY", "of-production")
    monkeypatch.setenv("NO_PROXY", "intranet")
    program = """
import os

def test_inside(katapult):
    assert "OS_CLOUD" not in os.environ
    assert os.environ["KATAPULT_API_KEY"] == os.environ["KATAPULT_API_TOKEN"] == katapult.api_token
    assert os.environ["OS_AUTH_URL"] == katapult.description["auth_url"]
    assert os.environ["NO_PROXY"] == "intranet,127.0.0.1,localhost"

def test_outside():
    assert os.environ["OS_CLOUD"] == "production"
    assert os.environ["KATAPULT_API_KEY"] == "of-production"
    assert "OS_AUTH_URL" not in os.environ
"""
    run(program).assert_outcomes(passed=2)


def test_the_default_client_is_made_anew(run):
    pytest.importorskip("katapult_disk")
    program = """
import katapult_disk, pytest

@pytest.mark.parametrize("turn", range(2))
def test_it(katapult, turn):
    katapult_disk.create_disk("data", 20)
    assert len(katapult.requests) == 1

def test_somebody_elses_client():
    katapult_disk.set_default_client(katapult_disk.Client("another", base_url="http://127.0.0.1:9"))

def test_is_not_used(katapult):
    katapult_disk.list_data_centers()

def test_and_ours_does_not_stay(monkeypatch):
    for name in ("KATAPULT_API_TOKEN", "KATAPULT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(katapult_disk.InvalidConfiguration):
        katapult_disk.list_data_centers()
"""
    run(program).assert_outcomes(passed=5)


def test_it_works_without_katapult_disk(run):
    program = """
import importlib.util, sys

sys.modules["katapult_disk"] = None     # as if it were not installed
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "katapult_disk" else find(name, *more)

def test_it(katapult):
    assert katapult.state["disks"] > 0
"""
    run(program).assert_outcomes(passed=1)


def test_a_failed_test_shows_its_requests(run):
    program = """
import urllib.request

def test_it(katapult):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(katapult.origin + "/identity/v3").close()
    assert False

def test_without():
    assert False
"""
    result = run(program)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*requests to katapult-sim*", "GET /identity/v3: 200"])
    assert str(result.stdout).count("requests to katapult-sim") == 1


def test_options(run, pytester):
    pytester.makeconftest(
        """
import pytest

@pytest.fixture(scope="session")
def katapult_simulator_options():
    return {"rate_limit": 3}
"""
    )
    program = """
def test_it(katapult_simulator):
    assert katapult_simulator.order("POST", "/clock", {})
    import urllib.request
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {"Authorization": "Bearer " + katapult_simulator.api_token}
    request = urllib.request.Request(katapult_simulator.url + "/data_centers", headers=headers)
    with opener.open(request) as response:
        assert response.headers["X-RateLimit-Permitted"] == "3"
"""
    run(program).assert_outcomes(passed=1)
