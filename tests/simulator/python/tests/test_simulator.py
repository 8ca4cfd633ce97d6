"""`katapult_sim.Simulator`: its start and end, what it says, its orders."""

import http.client
import inspect
import os
import re
import signal
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

import katapult_disk
import pytest
from katapult_sim import Request, Simulator, SimulatorError, find_binary

DISK = "disk_SimAttachedDisk1"

# Those that the library has a class for.
API_CODES = [
    re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    for name, kind in vars(katapult_disk).items()
    if isinstance(kind, type) and issubclass(kind, katapult_disk.ApiError) and kind is not katapult_disk.ApiError
]


def test_it_serves_from_the_constructor_until_it_is_closed(get):
    simulator = Simulator(task_seconds=0, rate_limit=7, port=0)
    assert simulator.order("GET", "/state")["disks"] > 0
    simulator.close()
    simulator.close()
    with pytest.raises(SimulatorError, match="GET /state|ended"):
        simulator.order("GET", "/state")


def test_its_arguments_are_options_of_the_program():
    """Those that have no argument yet can be given all the same."""
    text = subprocess.run([find_binary(), "--help"], capture_output=True, text=True, check=True).stdout
    options = {name.replace("-", "_") for name in re.findall(r"^  --([a-z-]+)", text, re.MULTILINE)}
    named = set(inspect.signature(Simulator).parameters) - {"binary", "more"}
    assert len(named) > 5
    assert named - options == set()
    with pytest.raises(SimulatorError, match='unknown argument "--favourite-colour=blue"'):
        Simulator(favourite_colour="blue")


def test_a_program_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("KATAPULT_SIM", str(tmp_path / "nothing"))
    with pytest.raises(SimulatorError, match="KATAPULT_SIM names .*nothing, which is not a program"):
        Simulator()
    monkeypatch.delenv("KATAPULT_SIM")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SimulatorError, match="reinstall the package katapult-sim, or set KATAPULT_SIM"):
        Simulator()


def test_a_program_that_ends_at_once_is_heard():
    with pytest.raises(SimulatorError, match="ended with exit code 2: katapult-sim: --rate-limit: \"x\" is not a valid value"):
        Simulator(rate_limit="x")


def test_a_program_that_says_something_else_is_told(tmp_path):
    program = tmp_path / "other"
    program.write_text("#!/bin/sh\necho hello\nsleep 60\n")
    program.chmod(0o755)
    with pytest.raises(SimulatorError, match="printed b'hello"):
        Simulator(binary=str(program))
    program.chmod(0o644)
    with pytest.raises(SimulatorError, match="cannot be started: Permission denied"):
        Simulator(binary=str(program))


def test_an_order_to_a_simulator_that_was_killed_says_so():
    with Simulator() as simulator:
        os.kill(simulator._process._process.pid, signal.SIGKILL)
        simulator._process._process.wait()
        with pytest.raises(SimulatorError, match="katapult-sim ended by signal 9"):
            simulator.reset()


def test_it_ends_with_a_program_that_is_killed():
    program = (
        "import katapult_sim, time\nsimulator = katapult_sim.Simulator()\n"
        "print(simulator.url, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        host = process.stdout.readline().split("/")[2]
        process.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            http.client.HTTPConnection(host, timeout=5).connect()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise AssertionError("the simulator has outlived its program")


def test_a_forked_child_does_not_end_it():
    with Simulator() as simulator:
        child = os.fork()
        if child == 0:
            simulator.close()
            os._exit(0)
        os.waitpid(child, 0)
        simulator.reset()


def test_a_refused_order_says_why(katapult):
    with pytest.raises(SimulatorError, match=r"POST /clock: .*second_hand") as caught:
        katapult.order("POST", "/clock", {"second_hand": 1})
    assert caught.value.status == 400


def test_proxies_are_not_asked(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with Simulator() as simulator:
        simulator.reset()


def test_requests(katapult, get):
    get(f"/disks/disk?disk[id]={DISK}")
    get("/disks/disk", "PATCH", {"disk": {"id": DISK}, "properties": {"name": "new"}})
    first, second = katapult.requests
    assert isinstance(first, Request)
    assert (first.method, first.path, first.query) == ("GET", "/core/v1/disks/disk", (("disk[id]", DISK),))
    assert (first.body, first.status) == (None, 200)
    assert first.headers["authorization"] == f"Bearer {katapult.api_token}"
    assert second.body == {"disk": {"id": DISK}, "properties": {"name": "new"}}
    assert str(first) == f"GET /core/v1/disks/disk?disk[id]={DISK}: 200"
    katapult.clear_requests()
    assert katapult.requests == []


def test_time(katapult, get):
    katapult.stop_clock()
    before = katapult.state["clock"]
    assert katapult.advance(3600) == pytest.approx(before + 3600)
    _, answer = get("/disks/disk/detach", "POST", {"disk": {"id": DISK}})
    task = f"/tasks/task?task[id]={answer['task']['id']}"
    assert get(task)[1]["task"]["status"] == "pending"
    katapult.advance(1)
    assert get(task)[1]["task"]["status"] == "completed"


def test_the_next_task_fails(katapult, get):
    katapult.next_task(seconds=0, fail=True)
    _, answer = get("/disks/disk/detach", "POST", {"disk": {"id": DISK}})
    assert get(f"/tasks/task?task[id]={answer['task']['id']}")[1]["task"]["status"] == "failed"


def test_latency(katapult, get):
    katapult.latency(0.3)
    begin = time.monotonic()
    get("/data_centers")
    assert time.monotonic() - begin >= 0.3


def test_the_rate_limit(katapult, get):
    katapult.rate_limit(1)
    assert [get("/data_centers")[0] for _ in range(2)] == [200, 429]


def test_placed_objects_and_reset(katapult, get):
    katapult.place(disks=[{"id": "disk_1", "name": "placed"}])
    assert get("/disks/disk?disk[id]=disk_1")[1]["disk"]["name"] == "placed"
    katapult.reset()
    assert get("/disks/disk?disk[id]=disk_1")[0] == 404
    katapult.reset(empty=True)
    assert katapult.state["disks"] == 0


class TestFailures:
    def test_a_status(self, katapult, get):
        katapult.fail_next(503, body={"why": "maintenance"}, headers={"Retry-After": "1"})
        assert get("/data_centers") == (503, {"why": "maintenance"})
        assert get("/data_centers")[0] == 200

    def test_an_error_of_the_api(self, katapult, get):
        katapult.fail_next("service_unavailable", times=2)
        for _ in range(2):
            status, body = get("/data_centers")
            assert (status, body["error"]["code"]) == (503, "service_unavailable")
        with pytest.raises(SimulatorError, match="no_such_code") as caught:
            katapult.fail_next("no_such_code")
        assert caught.value.status == 400

    @pytest.mark.parametrize("code", API_CODES)
    def test_each_error_of_the_api_is_what_clients_know(self, katapult, code):
        # What passes by itself is asked again, until the time is over.
        katapult.fail_next(code, times=100)
        with katapult_disk.Client(timeout=0.5) as client:
            with pytest.raises(katapult_disk.ApiError) as caught:
                client.get_disk(DISK)
        assert type(caught.value) is getattr(katapult_disk, code.title().replace("_", ""))
        assert caught.value.code == code

    def test_a_lost_request(self, katapult, get):
        katapult.fail_next(method="POST", path="/detach", id=DISK)
        assert get("/data_centers")[0] == 200
        with pytest.raises((urllib.error.URLError, http.client.HTTPException, OSError)):
            get("/disks/disk/detach", "POST", {"disk": {"id": DISK}})
        assert katapult.state["tasks"] == 0

    def test_a_lost_answer(self, katapult, get):
        katapult.fail_next(method="POST", performed=True)
        with pytest.raises((urllib.error.URLError, http.client.HTTPException, OSError)):
            get("/disks/disk/detach", "POST", {"disk": {"id": DISK}})
        assert katapult.state["tasks"] == 1

    def test_half_an_answer(self, katapult, get):
        katapult.fail_next(performed=True, send="half_body")
        with pytest.raises(http.client.IncompleteRead):
            get("/data_centers")

    def test_a_late_answer(self, katapult, get):
        katapult.fail_next(performed=True, delay=0.3)
        begin = time.monotonic()
        assert get("/data_centers")[0] == 200
        assert time.monotonic() - begin >= 0.3

    def test_the_second(self, katapult, get):
        katapult.fail_next(500, nth=2)
        assert [get("/data_centers")[0] for _ in range(3)] == [200, 500, 200]

    def test_nothing_can_be_sent_by_halves(self, katapult):
        with pytest.raises(ValueError, match="send='half_body' needs a failure or performed=True"):
            katapult.fail_next(send="half_body")

    def test_what_has_not_happened_is_dropped(self, katapult, get):
        katapult.fail_next(500, times=3)
        get("/data_centers")
        assert katapult.clear_failures() == 2
        assert get("/data_centers")[0] == 200


class TestWithUnittest(unittest.TestCase):
    """What one test has done, the next one does not see, whichever comes first."""

    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.close)

    def setUp(self):
        self.simulator.reset()
        self.disks = self.simulator.state["disks"]

    def test_one(self):
        self.simulator.place(disks=[{"id": "disk_1"}])
        self.assertEqual(self.simulator.state["disks"], self.disks + 1)

    test_another = test_one


def test_an_order_has_the_token():
    """Beyond loopback it is refused without."""
    with Simulator(host="0.0.0.0", allow_remote=True, allow_host=["sim", "sim.example"], control_token="secret-1") as simulator:
        simulator.reset()
        assert simulator.description["control_token"] == "secret-1"
        assert "warning" in simulator.log
        simulator._control._headers.pop("Authorization")
        with pytest.raises(SimulatorError, match="control_token") as caught:
            simulator.reset()
        assert caught.value.status == 401


def test_addresses(katapult):
    """Where they lead: to the page, the services and the control API."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(katapult.ui_url, timeout=10) as page:
        assert page.headers.get_content_type() == "text/html"
    assert katapult.url == f"{katapult.origin}/core/v1"
    assert katapult.environment["KATAPULT_ORGANIZATION"] == katapult.organization
    assert katapult.environment["KATAPULT_DATA_CENTER"] == katapult.data_center
    with katapult_disk.openstack.Client(**katapult.openstack) as nova:
        assert nova.list_volume_attachments(katapult.description["server_id"])
    assert repr(katapult) == f"<katapult_sim.Simulator at {katapult.url}>"


def test_every_tenth_request_fails_until_that_ends(katapult):
    with Simulator(seed=7) as simulator:
        simulator.fail_next(503, kind="read", probability=0.5, times=None)
        first = [status_of(simulator) for _ in range(20)]
        assert set(first) == {200, 503}
        simulator.clear_failures()
        assert {status_of(simulator) for _ in range(20)} == {200}
    with Simulator(seed=7) as simulator:
        simulator.fail_next(503, kind="read", probability=0.5, times=None)
        assert [status_of(simulator) for _ in range(20)] == first


def status_of(simulator):
    request = urllib.request.Request(
        f"{simulator.url}/data_centers", headers={"Authorization": f"Bearer {simulator.api_token}"}
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_objects_are_kept(katapult, tmp_path):
    file = tmp_path / "objects.json"
    with Simulator(state=file, log=True) as simulator:
        simulator.place(disks=[{"id": "disk_Kept000000000001", "name": "kept", "size_in_gb": 20}])
        objects = simulator.objects
        assert status_of(simulator) == 200 and "/data_centers" in simulator.log
    with Simulator(state=file) as simulator:
        assert "kept" in [disk["name"] for disk in simulator.objects["disks"]]
        simulator.reset(empty=True)
        simulator.place(**objects)
        assert simulator.objects["disks"] == objects["disks"]


def test_tasks_of_a_kind_take_their_time(katapult):
    katapult.durations(build_disk=3600)
    disk = katapult_disk.create_disk("data", 20).disk
    katapult.advance(1800)
    assert katapult_disk.get_disk(disk.id).state != "built"
    katapult.advance(1801)
    assert katapult_disk.get_disk(disk.id).state == "built"
