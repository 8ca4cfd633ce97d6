"""Lists in every face: pages are fetched as they are needed, and nothing of an item is lost."""

import json
import re
import subprocess
import sys

import pytest
from faults import answer


@pytest.fixture
def call(face, sim):
    def calling(operation, client=None, **arguments):
        return face.call(
            sim.katapult(**{"organization": sim.about["organization"], **(client or {})}), operation, arguments
        )

    return calling


def value(outcome):
    assert outcome.error is None, outcome.error
    return outcome.value


def page(number, pages, names, per_page=2, **pagination):
    """One canned page of an organization's disks."""
    return {
        "status": 200,
        "body": {
            "pagination": {
                "current_page": number,
                "total_pages": pages,
                "total": None if pages is None else pages * per_page,
                "per_page": per_page,
                "large_set": pages is None,
                **pagination,
            },
            "disk": [
                {"id": f"disk_{name}", "name": name, "virtual_machine_disk": None, "extra": [1]} for name in names
            ],
        },
    }


def queries(sim):
    return [dict(map(tuple, request["query"])) for request in sim.requests()]


def names(outcome):
    return [disk["name"] for disk in value(outcome)]


def test_all_pages_in_turn(call, sim):
    sim.answer(page(1, 3, ["a", "b"]), page(2, 3, ["c", "d"]), page(3, 3, ["e"]))
    outcome = call("list_disks", page_size=2)
    assert names(outcome) == ["a", "b", "c", "d", "e"]
    assert outcome.value[0] == {"id": "disk_a", "name": "a", "virtual_machine_disk": None, "extra": [1]}
    organization = {"organization[sub_domain]": sim.about["organization"], "per_page": "2"}
    assert queries(sim) == [{**organization, "page": str(number)} for number in (1, 2, 3)]


def test_an_empty_list_has_no_pages(call, sim):
    sim.answer(page(1, 0, []))
    assert value(call("list_disks")) == []
    assert len(sim.requests()) == 1


def test_a_large_set_goes_on_while_a_page_is_full_and_until_nothing_new_comes(call, sim):
    pages = page(1, None, ["a", "b"]), page(2, None, ["c", "d"]), page(3, None, [])
    sim.answer(*pages, *pages)
    assert names(call("list_disks", page_size=2)) == ["a", "b", "c", "d"]
    assert [query["page"] for query in queries(sim)] == ["1", "2", "3", "1", "2", "3"]


def test_a_large_set_of_one_page_is_read_once(call, sim):
    sim.answer(page(1, None, ["a"]))
    assert names(call("list_disks", page_size=2)) == ["a"]
    assert len(sim.requests()) == 1


def test_a_list_that_has_become_shorter_is_read_again(call, sim):
    # a and b were deleted after the first page: c and d have moved to it.
    sim.answer(page(1, 3, ["a", "b"]), page(2, 2, ["e", "f"]), page(1, 2, ["c", "d"]), page(2, 2, ["e", "f"]))
    assert names(call("list_disks", page_size=2)) == ["a", "b", "e", "f", "c", "d"]
    assert [query["page"] for query in queries(sim)] == ["1", "2", "1", "2"]


def test_a_list_that_has_become_longer_repeats_nothing(call, sim):
    # n was created at the front: b has moved to the second page.
    first = page(1, 2, ["a", "b"], total=4)
    sim.answer(first, page(2, 3, ["b", "c"], total=5), page(1, 3, ["n", "a"], total=5), page(2, 3, ["b", "c"], total=5))
    sim.answer(page(3, 3, ["d"], total=5))
    assert names(call("list_disks", page_size=2)) == ["a", "b", "c", "n", "d"]


@pytest.mark.parametrize(
    ("lie", "expected"),
    [
        (lambda number: page(number, number + 1, ["a"], total=10), ["a"]),
        (lambda number: page(1, 1000, ["a", "b"]), ["a", "b"]),
        (lambda number: page(number, None, ["a", "b"]), ["a", "b"]),
        (lambda number: page(number, 10**18, []), []),
        (lambda number: page(number, 2, ["a"] if number == 2 else [], total=1), ["a"]),
    ],
    ids=["total_pages grows", "each page is the first", "not counted, and repeats", "empty", "empty at first"],
)
def test_lists_end_also_if_the_service_lies(face, fault_server, lie, expected):
    def serve(server, connection, request):
        return answer(200, lie(int(dict(request.query)["page"]))["body"])(server, connection, request)

    fault_server.run(serve)
    outcome = face.call(fault_server.katapult(organization="acme"), "list_disks", {"page_size": 2})
    assert names(outcome) == expected
    assert fault_server.count() < 10


@pytest.mark.parametrize("large", [False, True], ids=["counted", "not counted"])
def test_whoever_deletes_each_disk_of_a_list_deletes_all(sim, large):
    import katapult_disk

    sim.control("POST", "disks", {"count": 450, "name": "many"})
    sim.control("POST", "large_set", {"on": large})
    client = katapult_disk.Client(**sim.katapult(organization=sim.about["organization"]))
    seen = []
    for disk in client.list_disks():
        seen.append(disk.id)
        if disk.name.startswith("many"):
            client.delete_disk(disk)
    assert len(seen) == len(set(seen))
    assert not [disk for disk in client.list_disks() if disk.name.startswith("many")]
    # Three pages of 200; the second and the third became one page, which is read from its beginning.
    requests = [request for request in sim.requests() if request["method"] == "GET"]
    assert len(requests) < 12


def test_items_without_an_id_are_told_apart_by_their_text(call, sim):
    def versions(number, *numbers):
        body = page(number, 2, [], total=4)["body"]
        items = [{"id": None, "number": of} for of in numbers]
        about = {"disk_template": {"id": "dtpl_x"}, "disk_template_versions": items}
        return {"status": 200, "body": {"pagination": body["pagination"], **about}}

    # What comes twice has moved, so the list is read again.
    sim.answer(*[versions(1, 1, 2), versions(2, 2, 3)] * 2)
    outcome = call("list_disk_template_versions", disk_template="dtpl_x", page_size=2)
    assert [version["number"] for version in value(outcome)] == [1, 2, 3]


@pytest.mark.parametrize("size", [0, 201, 2**63])
def test_a_page_has_1_to_200_items(call, sim, size):
    error = call("list_disks", page_size=size).error
    assert (error["status"], error["outcome"]) == ("invalid_argument", "not_sent")
    assert re.search(rf"(page_size|per_page) must be 1 to 200, not {size}$", error["message"])
    assert sim.requests() == []


def test_an_error_in_the_middle(call, sim):
    refusal = {"error": {"code": "organization_suspended", "description": "Suspended", "detail": {}}}
    sim.answer(page(1, 2, ["a", "b"]), {"status": 403, "body": refusal})
    outcome = call("list_disks", page_size=2)
    assert (outcome.error["status"], outcome.error["outcome"]) == ("organization_suspended", "rejected")


@pytest.mark.parametrize(
    ("organization", "key"),
    [
        ("acme", "sub_domain"),
        ("org_Lk3Jh6Gf9Ds2Aq5W", "id"),
        ({"id": "acme"}, "id"),
        ({"sub_domain": "x"}, "sub_domain"),
    ],
)
def test_lookups(call, sim, organization, key):
    sim.answer(page(1, 0, []))
    value(call("list_disks", organization=organization))
    named = organization[key] if isinstance(organization, dict) else organization
    assert queries(sim)[0][f"organization[{key}]"] == named


def test_filters_by_annotation(call, sim):
    about = sim.about
    for name, annotations in (("one", {"team": "a", "tier": "x"}), ("two", {"team": "a"}), ("three", {"team": "b"})):
        created = {"name": name, "size_in_gb": 20, "data_center": about["data_center"], "annotations": annotations}
        value(call("create_disk", **created))
    assert sorted(names(call("list_disks", annotations={"team": "a"}))) == ["one", "two"]
    assert names(call("list_disks", annotations={"team": "a", "tier": "x"})) == ["one"]


def test_the_organizations_disks(call, sim):
    disks = {disk["id"]: disk for disk in value(call("list_disks", page_size=2))}
    about = sim.about["disks"]
    assert about["trashed"] not in disks
    assert disks[about["unassigned"]]["virtual_machine_disk"] is None
    # recorded: of the relation only the machine, and no state; absent is not null.
    assert set(disks[about["attached"]]["virtual_machine_disk"]) == {"virtual_machine"}
    assert "created_at" not in disks[about["attached"]]


@pytest.mark.parametrize("key", ["id", "fqdn"])
def test_a_virtual_machines_disks(call, sim, key):
    machine = sim.about["virtual_machine"][key]
    items = value(call("list_virtual_machine_disks", virtual_machine=machine))
    assert items[0]["boot"] is True, "recorded: the boot disk comes first"
    ids = {item["disk"]["id"]: item for item in items}
    assert ids[sim.about["disks"]["attached"]]["state"] == "attached"
    assert "virtual_machine" not in items[0]
    assert queries(sim) == [{f"virtual_machine[{key}]": machine, "page": "1"}]


def test_an_unknown_machine(call):
    outcome = call("list_virtual_machine_disks", virtual_machine="nowhere.example")
    assert (outcome.error["status"], outcome.error["http_status"]) == ("virtual_machine_not_found", 404)


@pytest.mark.parametrize(
    ("operation", "arguments", "named"),
    [
        ("list_disks", {"page_size": 0}, "page"),
        ("list_disks", {"organization": ""}, "organization"),
        ("list_disks", {"organization": {"permalink": "x"}}, "organization"),
        ("list_virtual_machine_disks", {"virtual_machine": ""}, "virtual_machine"),
    ],
)
def test_mistakes(call, sim, operation, arguments, named):
    error = call(operation, **arguments).error
    assert (error["status"], error["outcome"]) == ("invalid_argument", "not_sent")
    assert named in error["message"]
    assert sim.requests() == []


def test_python_fetches_pages_as_they_are_needed(sim):
    import katapult_disk

    sim.answer(page(1, 2, ["a", "b"]), page(2, 2, ["c"]))
    client = katapult_disk.Client(**sim.katapult())
    disks = client.list_disks("acme", page_size=2)
    assert sim.requests() == [], "nothing is sent before the first item is wanted"
    assert isinstance(next(disks), katapult_disk.DiskSummary)
    next(disks)
    assert len(sim.requests()) == 1
    assert repr(disks).endswith('disks?organization[sub_domain]=acme", page 1>')
    assert next(disks).name == "c"
    assert repr(disks).endswith(", page 2>")
    assert next(disks, None) is None
    assert next(disks, None) is None
    assert len(sim.requests()) == 2


def test_python_finds_mistakes_before_the_first_item(sim):
    import katapult_disk

    client = katapult_disk.Client(**sim.katapult())
    with pytest.raises(katapult_disk.InvalidArgument, match="organization is missing"):
        client.list_disks()


def test_one_page_in_c(c_face, sim):
    assert c_face.use("client_new", sim.katapult(organization="acme")) is None
    sim.answer(page(7, 9, ["a"]))
    status, reply = c_face.send("disk_list", '{"page": 7, "per_page": 1}')
    assert status == "ok"
    assert '"current_page":7' in reply
    assert queries(sim) == [{"organization[sub_domain]": "acme", "page": "7", "per_page": "1"}]
    sim.answer(page(1, 0, []))
    assert c_face.send("disk_list", None)[0] == "ok", "NULL is a request without keys"
    status, reply = c_face.send("disk_list", '{"per_page": 201}')
    assert status == "invalid_argument"
    assert "per_page must be 1 to 200, not 201" in reply
    status, reply = c_face.send("disk_list", '{"pages": 7}')
    assert status == "invalid_argument"
    assert "pages is not known" in reply


def test_c_may_begin_at_a_later_page(c_face, sim):
    assert c_face.use("client_new", sim.katapult(organization="acme")) is None
    sim.answer(page(2, 3, ["c"]), page(3, 3, ["d"]))
    status, reply, *pages = c_face.send("disk_list_pages", '{"page": 2}', "all")
    assert (status, reply, len(pages)) == ("ok", None, 2)
    assert [query["page"] for query in queries(sim)] == ["2", "3"]


def test_c_may_stop(c_face, sim):
    assert c_face.use("client_new", sim.katapult(organization="acme")) is None
    sim.answer(page(1, 2, ["a", "b"]))
    status, reply, *pages = c_face.send("disk_list_pages", None, "stop")
    assert status == "interrupted"
    assert len(pages) == 1
    assert len(sim.requests()) == 1


PAGES, PER_PAGE = 500, 200
ITERATE = """
import json, resource, sys
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
disks = client.list_disks("acme")
next(disks)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = 1 + sum(1 for _ in disks)
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def long_list(server, connection, request):
    """A page of a list of 100,000 disks."""
    number = int(dict(request.query)["page"])
    disks = [
        {"id": f"disk_{number}_{i}", "name": "data" * 10, "size_in_gb": 20, "state": "built"} for i in range(PER_PAGE)
    ]
    pagination = {"current_page": number, "total_pages": PAGES, "total": PAGES * PER_PAGE, "per_page": PER_PAGE}
    return answer(200, {"pagination": pagination, "disk": disks})(server, connection, request)


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss counts in other units elsewhere")
def test_python_holds_one_page_of_a_hundred_thousand_disks(fault_server):
    fault_server.run(long_list)
    command = [sys.executable, "-c", ITERATE, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    count, kib = map(int, finished.stdout.split())
    assert count == PAGES * PER_PAGE
    # The ids of what came are held: 25 to 50 bytes each.
    assert kib < 4096 + 50 * PAGES * PER_PAGE // 1024, f"{kib} KiB more for the other {PAGES - 1} pages"
