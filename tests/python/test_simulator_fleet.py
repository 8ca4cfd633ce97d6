"""The simulator with as many disks as a fleet has: it must be quicker than any client, or it would be what is measured."""

import http.client
import json
import statistics
import time
import urllib.parse

import katapult_disk
import pytest
from simulator import Simulator

DISKS = 12_000
BATCH = 200
KEY = "katapult_disk_batch"
PATH = "/core/v1/organizations/organization/disks"
# Twice what it takes: 0.25 ms and 3 ms, of which http.client has a part.
POST_SECONDS = 0.6e-3
LIST_SECONDS = 6e-3


class Kept:
    """One connection that stays open."""

    def __init__(self, sim):
        self.sim = sim
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(sim.about["katapult_url"]).netloc)
        self.headers = {"Authorization": f"Bearer {sim.about['api_token']}", "Content-Type": "application/json"}

    def timed(self, method, path, body=None):
        text = body and json.dumps(body)
        started = time.perf_counter()
        self.connection.request(method, path, text, self.headers)
        answer = self.connection.getresponse().read()
        return time.perf_counter() - started, json.loads(answer)

    def create(self, number):
        about = self.sim.about
        body = {
            "organization": {"sub_domain": about["organization"]},
            # Not in the order of the names.
            "properties": {
                "name": f"d{number * 7919 % DISKS:06}",
                "size_in_gb": 20,
                "data_center": {"permalink": about["data_center"]},
            },
            "annotations": [{"key": KEY, "value": f"fleet:{number // BATCH}"}],
        }
        seconds, answer = self.timed("POST", PATH, body)
        assert answer["task"]["status"] == "pending"
        return seconds

    def list(self, batch):
        filters = {"annotations[][key]": KEY, "annotations[][value]": f"fleet:{batch}", "per_page": BATCH}
        query = {"organization[sub_domain]": self.sim.about["organization"], **filters}
        seconds, answer = self.timed("GET", f"{PATH}?{urllib.parse.urlencode(query)}")
        names = [disk["name"] for disk in answer["disk"]]
        assert len(names) == BATCH and names == sorted(names)
        return seconds


@pytest.mark.quiet
def test_it_stays_quick_with_thousands_of_disks():
    posts, lists = [], []
    with Simulator(task_seconds=5) as sim:
        kept = Kept(sim)
        for number in range(DISKS):
            posts.append(kept.create(number))
            if number % BATCH == BATCH - 1:
                lists.append(kept.list(number // BATCH))
        kinds = sim.counts()["kinds"]
    assert kinds == {f"POST {PATH.removeprefix('/core/v1')}": DISKS, f"GET {PATH.removeprefix('/core/v1')}": DISKS // BATCH}
    assert statistics.median(posts[-2_000:]) < POST_SECONDS
    assert statistics.median(lists[-10:]) < LIST_SECONDS


def test_what_the_orders_of_a_fleets_tests_do(sim):
    about = sim.about
    client = katapult_disk.Client(**sim.katapult(api_token=about["api_tokens"][1]), organization=about["organization"])
    disk = {"size_in_gb": 20, "data_center": about["data_center"]}
    sim.fail_by_name(["d017"], "refuse")
    with pytest.raises(katapult_disk.KatapultError):
        client.create_disk("d017", **disk)
    sim.lists(ignore_annotations=True)
    assert list(client.list_disks(annotations={"nobody": "has it"}))
    sim.latency(0.3)
    started = time.monotonic()
    client.create_disk("d018", **disk)
    assert time.monotonic() - started >= 0.3
    minutes = sim.counts()["minutes"]
    assert {minute["token"] for minute in minutes} == {about["api_tokens"][1]}
    assert sum(minute["writes"] for minute in minutes) == 2
    assert sim.calls() == 3
    sim.forget_counts()
    assert sim.calls() == 0


def test_the_limit_of_one_token(sim):
    second = sim.about["api_tokens"][1]
    sim.rate_limit(1, token=second, minute_seconds=60, late_reset_seconds=0.5)
    clients = [katapult_disk.Client(**sim.katapult(api_token=token, timeout=0.5)) for token in sim.about["api_tokens"]]
    for _ in range(3):
        clients[0].get_disk(sim.about["disks"]["boot"])
    # The minute may end between the first and the second.
    with pytest.raises(katapult_disk.RateLimitReached):
        for _ in range(3):
            clients[1].get_disk(sim.about["disks"]["boot"])
