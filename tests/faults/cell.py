"""One cell of the matrix: one operation, one fault, one face, and what came of it."""

import json
import time
from dataclasses import asdict, dataclass, field

from exchange import parsed
from expectations import EXPECTED
from leaks import forms
from operations import arrange, recovery
from proxy import FaultProxy
from table import TABLE

# How much longer than its timeout a call may take.
GRACE = 0.2
# What a driver may take besides to read megabytes of arguments, which is not the library's time.
READING = 0.5
# They are about a connection that a call has left behind.
WARM = ("idle", "behind")


@dataclass
class Cell:
    operation: str
    fault: str
    face: str
    is_write: bool = False
    # "ok", or the status and the outcome that is claimed.
    claim: str = ""
    description: str = ""
    seconds: float = 0.0
    timeout: float = 0.0
    grace: float = GRACE
    # What the server counted: connections, bytes and requests that arrived, writes that were performed.
    connections: int = 0
    bytes: int = 0
    requests: int = 0
    performed: int = 0
    broken: list = field(default_factory=list)

    @property
    def place(self):
        """Where it is in the matrix."""
        return self.operation, self.fault, self.face

    @property
    def over(self):
        """Seconds beyond the timeout; negative when it ended before."""
        return self.seconds - self.timeout

    @property
    def is_late(self):
        return self.over > self.grace

    @property
    def is_starved(self):
        """Whether its failure may be that of a machine with too much to do."""
        return self.is_late or any("timed_out" in words for words in self.broken)

    def as_json(self):
        return asdict(self)


def options_for(operation, sim, proxy, number):
    """A client of its own for each cell."""
    given = proxy.options()
    base = given.pop("base_url")
    own = {**given, "timeout": proxy.fault.timeout, "user_agent": f"fault-matrix/{number}"}
    if operation.variant == "login":
        return sim.login(auth_url=f"{base}/identity/v3", **own)
    if operation.variant == "exchange":
        given = {name: sim.about[name] for name in ("project_id", "region_name")}
        return {"auth_url": f"{base}/identity/v3", "token": sim.about["openstack_token"], **given, **own}
    if operation.discovers:
        return sim.openstack(endpoint=base, **own)
    if operation.is_cloud:
        return sim.openstack(endpoint=f"{base}/v2.1", **own)
    return sim.katapult(base_url=f"{base}/core/v1", **own)


def run(bench, operation, fault, face, number):
    """`bench` has the simulator, the certificates and perhaps the name server."""
    sim = bench.sim
    arrange(sim, operation)
    if bench.names:
        bench.names.mode = fault.act if fault.stage == "name" else "good"
    cell = Cell(operation.name, fault.name, face.name, operation.is_write, timeout=fault.timeout)
    if operation.is_large and face.name != "python":
        cell.grace += READING
    with FaultProxy(fault, sim.about["control_url"], bench.ca_file, bench.contexts, operation.unharmed) as proxy:
        options = options_for(operation, sim, proxy, number)
        if fault.stage in WARM:
            call, arguments, *_ = recovery(operation, sim.about)
            first = face.call(options, call, arguments)
            if first.error is not None:
                cell.broken.append(f"the first call, without a fault, fails: {first.error['message']}")
            proxy.rested.wait(5)
            time.sleep(0.05)  # until the FIN, the RST or the stray bytes have arrived
            proxy.truth.clear()
            sim.forget_requests()
        if operation.answer:
            sim.answer(operation.answer)
        before = counts(sim)
        started = time.monotonic()
        outcome = face.call(options, operation.call, operation.arguments)
        cell.seconds = time.monotonic() - started
        note(cell, outcome, proxy.truth, sim)
        judge(cell, operation, outcome, proxy, options, before, counts(sim))
        sim.drop_answers()
        recover(cell, bench, operation, face, options, proxy)
    return cell


def counts(sim):
    """The state, without what passes by itself."""
    return {name: count for name, count in sim.state().items() if name not in ("clock", "logins")}


def note(cell, outcome, truth, sim):
    error = outcome.error
    cell.claim = "ok" if error is None else f"{error['status']}/{error['outcome']}"
    cell.description = "" if error is None else error["message"]
    cell.connections, cell.bytes, cell.requests = truth.connections, truth.bytes, len(truth.requests)
    cell.performed = sum(is_performed_write(request) for request in sim.requests())


def is_performed_write(request):
    is_login = request["path"].endswith("/auth/tokens")
    return request["method"] != "GET" and not is_login and request["status"] is not None and request["status"] < 300


def judge(cell, operation, outcome, proxy, options, before, after):
    """Adds each promise that was broken."""
    expected, truth = EXPECTED[cell.fault], proxy.truth
    certain = cell.claim.rpartition("/")[2]

    def require(holds, words):
        if not holds:
            cell.broken.append(words)

    allowed = expected.allowed(operation, cell.face)
    require(cell.claim in allowed, f"claims {cell.claim}, expected {' or '.join(sorted(allowed))}")
    if certain == "not_sent":
        reached = cell.performed if operation.prepares else truth.bytes
        require(not reached, f"claims not_sent, and {reached} bytes or requests reached the server")
    if certain in ("not_sent", "rejected"):
        require(not cell.performed, f"claims {certain}, and the write was performed")
        require(before == after, f"claims {certain}, and {before} became {after}")
    if cell.is_write:
        require(cell.performed <= 1, f"a write was performed {cell.performed} times")
        again = cell.requests > 1 and not expected.again and not operation.prepares
        require(not again, f"a write was sent {cell.requests} times")
    else:
        require(cell.requests <= 4 or expected.again, f"a read was sent {cell.requests} times")
    require(not proxy.went_elsewhere(), "a redirect to another host was followed")
    if outcome.error is None:
        require(cell.performed == int(cell.is_write), "claims a success, and the write was not performed")
        if cell.fault != "json_other_types":
            require_value(require, operation, outcome.value, truth)
    else:
        require(outcome.error["description"] and outcome.error["message"], "an error without a description")
        require(outcome.error["status"] != "internal_error", "an internal error")
        for secret in leaked(outcome.error, options):
            require(False, f"{secret} is in an error")


def leaked(error, options):
    """The secrets of a client that an error has, in any form."""
    told = json.dumps(error, ensure_ascii=False)
    names = ("api_token", "token", "password", "application_credential_secret")
    held = {"the proxy's password": "proxy-password", **{name: options[name] for name in names if name in options}}
    return [name for name, secret in held.items() if any(form in told for form in forms(secret))]


def require_value(require, operation, value, truth):
    """A success says what the service answered."""
    if operation.logs_in:
        return
    if not truth.answers:
        require(False, "a success, and the service has answered nothing")
        return
    answer = truth.answers[-1]
    if operation.call == "openstack_detach_volume":
        told = {name.lower(): text for name, text in answer.headers.items()}.get("x-compute-request-id")
        # Nothing is known of the request's id where the head did not come from Nova.
        require(value["request_id"] in (told, None), f"has the request id {value['request_id']}, not {told}")
        return
    body = parsed(answer.body)
    part = TABLE[operation.call].part
    require(value == (body[part] if part else body), "a success with another value than the service's")


def recover(cell, bench, operation, face, options, proxy):
    """The same client on its next call, with the fault taken away."""
    if bench.names:
        bench.names.mode = "good"
    proxy.heal()
    if cell.fault == "late_answer":
        time.sleep(0.2)  # until the answer that nobody waits for has come
    call, arguments, key, wanted = recovery(operation, bench.sim.about)
    before = proxy.truth.bytes
    outcome = face.call(options, call, arguments)
    if EXPECTED[cell.fault].lasts and not operation.is_cloud:
        claim = outcome.error and (outcome.error["status"], outcome.error["outcome"])
        if claim != ("rate_limit_reached", "not_sent") or proxy.truth.bytes != before:
            cell.broken.append(f"the next call, which the limit outlasts, claims {claim} and may not send anything")
    elif outcome.error is not None:
        cell.broken.append(f"the next call fails: {outcome.error['status']}: {outcome.error['message']}")
    elif outcome.value[key] != wanted:
        cell.broken.append(f"the next call gives another object: {outcome.value}")
