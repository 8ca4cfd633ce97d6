"""Replays recorded requests against the simulator, and compares its answers with the recorded ones."""

import re

from conformance_exchange import Exchange
from conformance_world import World

TIMES = {"created_at", "keep_until"}
# When a task begins and ends between two polls, nobody knows: only that there is a time, or none.
UNKNOWN_TIMES = {"started_at", "finished_at"}
# Made up by the service, or removed by the recorder.
ARBITRARY = {"wwn"}
# The simulator's machines have a place, a package, addresses and an owner of their own; how many addresses and tags
# there are was decided outside the recordings, too. The form of all this is compared, its content is not.
FORM_ONLY = {
    *("zone", "package", "ip_addresses", "organization", "group", "tags"),
    *("installation", "badge", "initial_root_password"),
}


class Replay:
    def __init__(self, sim, path):
        self.exchanges = [Exchange(text) for text in path.read_text(encoding="utf-8").splitlines()]
        self.world = World(sim, self.exchanges)

    def run(self, check_answer):
        """Every answer also goes to `check_answer(method, path, status, body)`."""
        self.world.prepare()
        for number, exchange in enumerate(self.exchanges):
            self.world.move_clock(exchange, number)
            try:
                self.world.arrange(number, exchange)
                status, headers, body = self.send(exchange)
                check_answer(exchange.method, exchange.path, status, body)
                self.learn(exchange.body, body)
                compare_heads(exchange, status, headers)
                self.compare(exchange.body, body, "")
                self.world.settle(exchange)
            except AssertionError as error:
                raise AssertionError(f"{exchange}: {error}") from error

    def send(self, exchange):
        translate = self.world.translate
        query = [[name, translate(value)] for name, value in exchange.query]
        path = "/".join(translate(segment) for segment in exchange.path.split("/"))
        return self.world.request(exchange.method, path, query, translate(exchange.request_body))

    def learn(self, recorded, simulated):
        """The ids of what the simulator has made."""
        for name in ("disk", "task", "trash_object"):
            old, new = recorded.get(name), simulated.get(name)
            if isinstance(old, dict) and isinstance(new, dict) and old["id"] not in self.world.known:
                self.world.ids.setdefault(old["id"], new["id"])

    def compare(self, recorded, simulated, path, content=True):
        assert kind(recorded) == kind(simulated), f"{path}: recorded {recorded!r}, simulated {simulated!r}"
        name = path.rpartition(".")[2].removesuffix("[]")
        content = content and name not in FORM_ONLY
        if isinstance(recorded, dict):
            assert set(recorded) == set(simulated), f"{path}: {set(recorded) ^ set(simulated)}"
            for key, value in recorded.items():
                self.compare(value, simulated[key], f"{path}.{key}", content)
        elif isinstance(recorded, list):
            assert len(recorded) == len(simulated), f"{path}: {len(recorded)} recorded, {len(simulated)} simulated"
            for old, new in zip(recorded, simulated):
                self.compare(old, new, f"{path}[]", content)
        elif name in TIMES and content:
            # Both clocks show whole seconds, and the simulator's has a fraction besides that it does not tell.
            expected = recorded + self.world.offset
            assert abs(expected - simulated) <= 3, f"{path}: expected {expected}, simulated {simulated}"
        elif name == "progress":
            # It jumps in ways of its own; the status decides between none, some and all.
            assert stage(recorded) == stage(simulated), f"{path}: recorded {recorded}, simulated {simulated}"
        elif content and name not in ARBITRARY | UNKNOWN_TIMES:
            expected = self.world.translate(recorded)
            assert expected == simulated, f"{path}: recorded {expected!r}, simulated {simulated!r}"


def compare_heads(exchange, status, headers):
    assert status == exchange.status, f"simulated {status}"
    for name in ("content-type", "cache-control", "x-api-schema", "strict-transport-security"):
        assert headers.get(name) == exchange.headers.get(name), f"{name}: {headers.get(name)}"
    for name in ("etag", "x-request-id"):
        assert form(headers.get(name)) == form(exchange.headers.get(name)), f"{name}: {headers.get(name)}"
    for name in ("x-ratelimit-permitted", "x-ratelimit-remaining", "date"):
        assert name in headers, name
    assert int(headers["x-ratelimit-remaining"]) < int(headers["x-ratelimit-permitted"])


def form(text):
    """Every hexadecimal digit as an x."""
    return text and re.sub(r"[0-9a-f]", "x", text)


def kind(value):
    return type(value).__name__


def stage(progress):
    return (progress > 0) + (progress == 100)
