"""Makes what each target begins with, from the case table and from odd inputs; `make fuzz` runs it before the targets.

    python tests/fuzz/corpus.py DIRECTORY
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

import odd

HERE = Path(__file__).resolve().parent
CORE = HERE.parents[1] / "core" / "src"
sys.path.insert(0, str(HERE.parent / "python"))

import c_header  # noqa: E402
from c_requests import good_texts  # noqa: E402
from cases import load  # noqa: E402
from places import RECORDINGS  # noqa: E402
from recorded import read  # noqa: E402
from table import TABLE  # noqa: E402

RECORDED = list(read(sorted(RECORDINGS.glob("*.jsonl"))))

# In the order of each_operation() in core, as src/answers.rs and src/requests.rs have them.
EACH = re.findall(r"visitor\.\w+::<(\w+)>\(\);", (CORE / "katapult" / "mod.rs").read_text(encoding="utf-8"))
EACH = [re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in EACH]
# What src/answers.rs has after them, by an operation whose response it is.
ANSWERS = [*EACH, "create_disk", "openstack_get_volume_attachment", "openstack_list_volume_attachments"]
# What src/requests.rs has after them.
WORKFLOWS = [f"ensure_disk_{state}" for state in ("attached", "detached", "unassigned", "size", "deleted")]
# As in src/refusals.rs, as far as the cases have them.
STATUSES = [400, 401, 403, 404, 406, 409, 422, 429, 500, 502, 503, 504, 300, 301, 302]
# How many of the cases of one kind are kept: the rest differ in ways that do not matter here.
FEW = 2


def body_of(answer):
    return answer["body_text"] if "body_text" in answer else json.dumps(answer.get("body"))


def bodies(operation, succeed):
    """The last answer of each case that succeeds, or does not, with its status and headers."""
    for case in load(operation):
        if case["answers"] and ("result" in case) == succeed:
            answer = case["answers"][-1]
            yield answer["status"], answer.get("headers", {}), body_of(answer)


def answers():
    for number, operation in enumerate(ANSWERS):
        for every in ([body for _, _, body in bodies(operation, True)], recorded_bodies(operation)):
            yield from (bytes([number]) + body.encode() for body in sorted(every, key=len)[-FEW:])
    for text in odd.JSON:
        yield from (bytes([number]) + text for number in (0, 19))


def recorded_bodies(operation):
    """What the real service answered, where its recordings are at hand."""
    return [exchange.text for exchange in RECORDED if exchange.operation == operation and exchange.status < 300]


def texts():
    yield from odd.JSON
    for operation in ("list_disks", "get_virtual_machine"):
        yield max((body for _, _, body in bodies(operation, True)), key=len).encode()


def refusals():
    seen = set()
    for operation in TABLE.values():
        service = 2 if operation.is_cloud else 0
        for status, headers, body in () if operation.several else bodies(operation.name, False):
            code = re.search(r'"code": *"(\w+)"', body)
            kind = (service, status, code and code[1])
            if status in STATUSES and kind not in seen:
                seen.add(kind)
                yield refusal(status, service, headers, body.encode())
    for value in odd.RETRY_AFTER:
        headers = {"Retry-After": value, "Date": "Sun, 06 Nov 1994 08:49:30 GMT"}
        for status in (429, 503):
            yield refusal(status, 0, headers, b'{"error":{"code":"service_unavailable"}}')
    for text in odd.JSON:
        yield refusal(422, 1, {}, text)
        yield refusal(400, 2, {}, text)


def refusal(status, service, headers, body):
    lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return bytes([STATUSES.index(status), service]) + lines.encode() + b"\0" + body


def requests():
    for number, operation in enumerate([*EACH, *WORKFLOWS]):
        for request in odd.REQUESTS.get(operation, [{}]):
            yield bytes([number]) + b"disk_x\0" + json.dumps(request).encode()
    for lookup in odd.LOOKUPS:
        yield bytes([len(EACH) + len(WORKFLOWS)]) + lookup.encode() + b"\0"


def options():
    return [*(text.encode() for text in odd.OPTIONS), *odd.JSON]


def addresses():
    return ["\n".join(lines).encode() for lines in odd.ADDRESSES]


def clouds():
    return odd.CLOUDS


def exchange():
    disk, page, centers = (json.dumps(body).encode() for body in (odd.DISK, odd.PAGE, odd.CENTERS))
    task = json.dumps(odd.TASK).encode()
    good = [(0, disk), (1, task), (2, centers), (3, json.dumps(odd.ATTACHMENT).encode()), (4, page)]
    for how, body in good:
        for stays_open in (0, 0x80):
            yield bytes([how | stays_open]) + odd.http(body)
    yield bytes([5]) + odd.http(json.dumps(odd.TOKEN).encode(), "X-Subject-Token: t\r\n")
    for number, whole in enumerate(odd.exchanges(disk)):
        yield bytes([number % 6]) + whole


def entries():
    names = functions()
    for number, name in enumerate(names):
        body = odd.LIST_ANSWER if "_list" in name else odd.ANSWER
        yield entry(number, 0, texts_for(name), body)
        yield entry(number, 0x80 if name.startswith("openstack") else 0x40, texts_for(name), body)
    for name, how, *texts in odd.ENTRIES:
        yield entry(names.index(name), how, texts, odd.ANSWER)
    yield entry(names.index("disk_get"), 0, (json.dumps(odd.ANSWER), "/annotations/0/value"), odd.ANSWER)


def entry(number, how, texts, body):
    given = [text.encode() if isinstance(text, str) else text for text in (*texts, "", "", "")[:3]]
    return bytes([number, how]) + b"".join(text + b"\0" for text in given) + odd.http(json.dumps(body).encode())


def functions():
    """In the order in which src/calls.c numbers them."""
    return [*c_header.calls(c_header.declared()), "client_new", "openstack_client_new"]


def texts_for(name):
    """Texts with which a function goes as far as it can."""
    if name.endswith("client_new"):
        return (odd.OPTIONS[4 if name.startswith("openstack") else 0],)
    return good_texts(name.removesuffix("_pages"))


def make(directory):
    shutil.rmtree(directory, ignore_errors=True)
    for target in (texts, answers, refusals, requests, options, addresses, clouds, exchange, entries):
        own = directory / target.__name__
        own.mkdir(parents=True)
        for data in target():
            (own / hashlib.sha1(data).hexdigest()[:12]).write_bytes(data)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
