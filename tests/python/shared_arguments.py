"""Arguments of every operation, by their kinds: what must be refused, and the ways to name an object."""

from bad_arguments import kind_of
from c_header import is_text
from table import c_name

# The arguments that name an object: the key besides the id, if there is one, and an id.
LOOKUPS = {
    "organization": ("sub_domain", "org_TNkEF4px28q5WHto"),
    "data_center": ("permalink", "loc_lywO4Tzj66v2BFAk"),
    "io_profile": ("permalink", "diop_nsqfzVRtV5XF8ye7"),
    "virtual_machine": ("fqdn", "vm_U5jLzQ8C1wZxhQii"),
    "disk_template": ("permalink", "dtpl_LbAa8n3tLmbxYxmX"),
    "trash_object": ("object_id", "trsh_mJaD3agi0DFL51TU"),
    "operating_system": (None, "os_VEeaovQEPnqqhSiI"),
    "disk": (None, "disk_BLFEbELX1bkHTd9k"),
}
# A text that is not an id is the other key, but for these: of them any text is an id.
ONLY_IDS = {"trash_object", "operating_system", "disk"}
NOVA_IDS = {"server_id", "volume_id"}
ODD_LETTERS = "ä b/?&=#%+[]"
HUGE = 10**30

NUMBERS = {
    "negative": -1,
    "true": True,
    "a string": "5",
    "a fraction": 1.5,
    "beyond 64 bits": HUGE,
    "a list": [5],
}
# By the kinds of bad_arguments.py: words for the case, and the value.
REFUSED = {
    "number": {"0": 0, **NUMBERS},
    "count": NUMBERS,
    "timestamp": NUMBERS,
    "flag": {"no boolean": "yes", "1 is no boolean": 1},
    "word": {"no string": 7, "of no known word": "sata"},
    "text": {"no string": 5},
    "annotations": {"with a number": {"team": 5}, "a list of strings": ["team"], "a string": "team"},
    "schedule": {
        "a string": "daily",
        "a number": 7,
        "a list": ["daily"],
        "with an unknown interval": {"interval": "yearly"},
        "with an interval in capitals": {"interval": "Daily"},
        "with a number as interval": {"interval": 5},
        "with a string as frequency": {"frequency": "1"},
        "with a negative minute": {"minute": -1},
        "with true as time": {"time": True},
        "with a fraction as minute": {"minute": 0.5},
        "with a key it does not have": {"hour": 3},
        "with next_invocation_at": {"next_invocation_at": 1781100900},
    },
    "id": {"empty": "", "a number": 5, "a list": ["disk_BLFEbELX1bkHTd9k"]},
    "id of Nova": {
        **{"..": "..", ".": ".", "empty": "", "in upper case": "4D1F7A52-0C3B-4E8A-B6D9-75F2C81E9A30"},
        **{"with a slash": "a/b", "with a blank": "a b", "with an encoded dot": "%2e%2e", "with an umlaut": "ä"},
        "a number": 5,
    },
}
# What the message names, where it is not the argument: in C a page has another name.
NAMED = {"page_size": "page", "task_id": "task"}


def refused(operation):
    """Every argument of the operation with what it must not be; nothing is sent then."""
    for name in known(operation):
        for words, value in bad_values(name).items():
            yield refusal(operation, name, words, {name: value}, faces_for(operation, name, words, value))
        if name in operation.needs or name == "organization":
            positional = is_text(c_name(operation), name)
            yield refusal(operation, name, "null", {name: None}, ["python", "c"] if positional else None)
            # Only in Python an argument can be forgotten; elsewhere it is a member of a request.
            yield refusal(operation, name, "missing", None, ["python"] if positional else None)


def known(operation):
    """The arguments of the head and of the cases by hand that succeed, each once; a time limit is of no such kind."""
    given = dict.fromkeys(operation.arguments)
    for case in operation.cases:
        if "refused" not in case:
            given.update(dict.fromkeys((*case.get("arguments", {}), *case.get("with", {}))))
    return [name for name in given if name != "timeout"]


def bad_values(name):
    if name in NOVA_IDS:
        return REFUSED["id of Nova"]
    if name in LOOKUPS:
        return bad_lookups(name)
    return REFUSED.get("id" if name.endswith("_id") else kind_of(name), {})


def bad_lookups(name):
    other, an_id = LOOKUPS[name]
    return {
        "empty": "",
        "a number": 7,
        "true": True,
        "a list": [an_id],
        "an empty mapping": {},
        "an empty id": {"id": ""},
        "with a number as id": {"id": 7},
        "by a key it does not have": {"name": "x"},
        "both ways": {"id": an_id, other or "permalink": "x"},
    }


def faces_for(operation, name, words, value):
    if is_text(c_name(operation), name) and not isinstance(value, (str, dict)):
        return ["python"]
    return None


def refusal(operation, name, words, values, faces):
    """Without values: a call in which the argument is missing."""
    given = {key: value for key, value in operation.arguments.items() if key != name}
    case = {"name": f"{name} {words}", "arguments": {**given, **(values or {})}, "refused": [named_in(name, values)]}
    return {**case, "faces": faces} if faces else case


def named_in(name, values):
    """What the message names: of a schedule the part that is wrong."""
    value = values and values[name]
    return next(iter(value)) if name == "schedule" and isinstance(value, dict) else NAMED.get(name, name)


def good(operation):
    """The ways to name each object that the operation's good call names."""
    for name in operation.arguments:
        if name in LOOKUPS:
            yield from good_lookups(operation, name)
        elif name.endswith("_id"):
            words = "odd letters reach the service unharmed"
            yield named(operation, name, words, ODD_LETTERS, {"id": ODD_LETTERS}, ": ")
    if operation.arguments.keys() & {"organization"}:
        yield from organizations_of_clients(operation)


def good_lookups(operation, name):
    other, an_id = LOOKUPS[name]
    yield named(operation, name, "by id", an_id, {"id": an_id})
    yield named(operation, name, "by mapping with id", {"id": "anything"}, {"id": "anything"})
    if other:
        yield named(operation, name, f"by mapping with {other}", {other: an_id}, {other: an_id})
    if name not in ONLY_IDS:
        prefix, _, letters = an_id.partition("_")
        upper = f"{prefix.upper()}_{letters}"
        yield named(operation, name, f"by {other}", "harbour", {other: "harbour"})
        yield named(operation, name, "15 letters are no id", an_id[:-1], {other: an_id[:-1]}, ": ")
        yield named(operation, name, "an upper-case prefix is no id", upper, {other: upper}, ": ")
        yield named(operation, name, "odd letters reach the service unharmed", ODD_LETTERS, {other: ODD_LETTERS}, ": ")


def named(operation, name, words, value, sent, between=" "):
    return {
        "name": f"{name}{between}{words}",
        "arguments": {**operation.arguments, name: value},
        **naming(operation, name.removesuffix("_id"), sent),
    }


def naming(operation, name, sent):
    """The query or the body of the good call, in which the object is named in this way."""
    if operation.body is None:
        [(key, value)] = sent.items()
        changed = [f"{name}[{key}]", value]
        return {"query": [changed if entry[0].startswith(f"{name}[") else entry for entry in operation.query]}
    return {"body": renamed(operation.body, name, sent)}


def renamed(body, name, sent):
    if not isinstance(body, dict):
        return body
    return {key: sent if key == name else renamed(value, name, sent) for key, value in body.items()}


def organizations_of_clients(operation):
    """What is not given with a call comes from the client."""
    given = {name: value for name, value in operation.arguments.items() if name != "organization"}

    def case(words, client, sent, **more):
        return {
            "name": f"organization {words}",
            "client": {"organization": client},
            "arguments": {**given, **more},
            **naming(operation, "organization", sent),
        }

    an_id = LOOKUPS["organization"][1]
    yield case("of the client", "quay", {"sub_domain": "quay"})
    yield case("null is the client's", an_id, {"id": an_id}, organization=None)
    yield case("of the call, not of the client", "quay", {"sub_domain": "pier"}, organization="pier")
