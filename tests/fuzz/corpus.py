"""Makes tests/fuzz/corpus/ again: what each target begins with, from the case table and from odd inputs.

    python tests/fuzz/corpus.py

Run it after a change of the case table or of a target; the result is committed.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

import odd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))

import c_bad_input as c  # noqa: E402

CORPUS = HERE / "corpus"
CASES = HERE.parent / "cases"

# The order of the table in src/answers.rs, by one operation each.
ANSWERS = [
    *("get_disk", "create_disk", "create_disk", "delete_disk", "get_task", "get_data_center", "list_data_centers"),
    *("get_disk_backup_policy", "get_disk_template", "get_disk_template_version", "get_disk_template_version_spec"),
    *("get_trash_object", "get_virtual_machine", "openstack_get_volume_attachment"),
    *("openstack_list_volume_attachments", "list_disk_backup_policies", "list_disk_io_profiles"),
    *("list_disk_template_versions", "list_disk_templates", "list_disks", "list_trash_objects"),
    *("list_virtual_machine_disks", "list_virtual_machines"),
]
# As in src/refusals.rs, as far as the cases have them.
STATUSES = [400, 401, 403, 404, 406, 409, 422, 429, 500, 502, 503, 504, 300, 301, 302]
# How many of the cases of one kind are kept: the rest differ in ways that do not matter here.
FEW = 2


def cases(operation):
    return json.loads((CASES / f"{operation}.json").read_text(encoding="utf-8"))["cases"]


def body_of(answer):
    return answer["body_text"] if "body_text" in answer else json.dumps(answer.get("body"))


def bodies(operation, succeed):
    """The last answer of each case that succeeds, or does not, with its status and headers."""
    for case in cases(operation):
        if case["answers"] and ("result" in case) == succeed:
            answer = case["answers"][-1]
            yield answer["status"], answer.get("headers", {}), body_of(answer)


def answers():
    for number, operation in enumerate(ANSWERS):
        longest = sorted((body for _, _, body in bodies(operation, True)), key=len)[-FEW:]
        yield from (bytes([number]) + body.encode() for body in longest)
    for text in odd.JSON:
        yield from (bytes([number]) + text for number in (0, 19))


def texts():
    yield from odd.JSON
    for operation in ("list_disks", "get_virtual_machine"):
        yield max((body for _, _, body in bodies(operation, True)), key=len).encode()


def refusals():
    seen = set()
    for path in sorted(CASES.glob("*.json")):
        service = 2 if path.stem.startswith("openstack") else 0
        for status, headers, body in bodies(path.stem, False) if path.stem != "client" else ():
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
    for number, texts in enumerate(odd.REQUESTS):
        for text in texts:
            yield bytes([number]) + b"disk_x\0" + text.encode()
    for lookup in odd.LOOKUPS:
        yield bytes([22]) + lookup.encode() + b"\0"


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
        one, two = (*texts_for(name), "", "")[:2]
        body = odd.LIST_ANSWER if "_list" in name else odd.ANSWER
        yield entry(number, 0, one, two, body)
        yield entry(number, 0x80 if name.startswith("openstack") else 0x40, one, two, body)
    for name, how, one, two in odd.ENTRIES:
        yield entry(names.index(name), how, one, two, odd.ANSWER)


def entry(number, how, one, two, body):
    one, two = (text.encode() if isinstance(text, str) else text for text in (one, two))
    return bytes([number, how]) + one + b"\0" + two + b"\0" + odd.http(json.dumps(body).encode())


def functions():
    """In the order in which src/calls.c numbers them."""
    header = (HERE.parent / "c" / "functions.h").read_text()
    found = re.findall(r'^    (?:[A-Z_]+\((\w+)\)|\{"(\w+)".*),$', header, re.MULTILINE)
    return [*(one or other for one, other in found), "client_new", "openstack_client_new"]


def texts_for(name):
    """Texts with which a function goes as far as it can."""
    known = {
        **{name: (c.ID,) for name in ("task_get", "task_wait", *c.BY_ID, *c.BY_LOOKUP)},
        **{name: (c.ID, c.text(good)) for name, (_, _, good) in c.REQUESTS.items()},
        **{name: (c.text(good),) for name, (_, good) in c.BY_REQUEST.items()},
        **{f"{name}_pages": (c.text(good),) for name, (_, good) in c.LISTED.items()},
        **{
            name: (*([c.ID] if argument else []), *([c.text(good)] if good else []))
            for name, (argument, _, good) in c.WAITING.items()
        },
        "data_center_list": (),
        "disk_create": (c.text(c.CREATE),),
        "disk_update": (c.ID, '{"properties":{"name":"x"}}'),
        "client_new": (odd.OPTIONS[0],),
        "openstack_client_new": (odd.OPTIONS[4],),
    }
    return ("server-1", "volume-1") if name.startswith("openstack_volume") else known[name]


def main():
    shutil.rmtree(CORPUS, ignore_errors=True)
    for target in (texts, answers, refusals, requests, options, addresses, clouds, exchange, entries):
        directory = CORPUS / target.__name__
        directory.mkdir(parents=True)
        for data in target():
            (directory / hashlib.sha1(data).hexdigest()[:12]).write_bytes(data)
    total = sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file())
    print(f"{sum(1 for path in CORPUS.rglob('*') if path.is_file())} files, {total} bytes")


if __name__ == "__main__":
    main()
