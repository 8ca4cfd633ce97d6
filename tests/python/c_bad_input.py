"""What C functions must refuse besides what test_bad_input_c.py makes of the header: requests as people get them wrong. A
command each, and the word that the message must contain. And a few bad calls of every function, for valgrind."""

import json

from c_header import TEXT, calls, declared, texts
from c_requests import OPERATIONS, REQUESTS, good_texts

ID = "disk_Ce1Fa2Ce3Te4St5X"
CREATE = {"organization": "acme", "properties": {"name": "Data", "size_in_gb": 20}}
LATIN = b"caf\xe9"


def text(value):
    return json.dumps(value)


BAD = {
    "two words for a method": (
        ("disk_resize", ID, '{"size_in_gb":30,"method":"online","resize_method":"online"}'),
        "method is given twice, by two of its names",
    ),
    "no properties": (("disk_create", '{"organization":"acme"}'), "properties.name is missing"),
    "no name": (("disk_create", '{"properties":{"size_in_gb":20}}'), "properties.name is missing"),
    "no size": (("disk_create", '{"properties":{"name":"Data"}}'), "properties.size_in_gb is missing"),
    "a request with something behind it": (("disk_create", text(CREATE) + " x"), "request_json"),
    "an organization in an update": (
        ("disk_update", ID, '{"organization":"acme","properties":{"name":"x"}}'),
        "organization is not known",
    ),
    "organizations of a list": (("disk_list", '{"organizations":"acme"}'), "organizations is not known"),
    "a wrong key of an organization": (("trash_purge_all", '{"organization":{"permalink":"acme"}}'), "sub_domain"),
    "options with an empty organization": (("client_new", '{"api_token":"t","organization":""}'), "organization"),
    "options with a wrong key of the data center": (
        ("client_new", '{"api_token":"t","data_center":{"permalnk":"x"}}'),
        "data_center",
    ),
    "options cut off": (("client_new", '{"api_token":'), "options_json"),
    "options of OpenStack not UTF-8": (("openstack_client_new", b"\xff"), "options_json"),
}


def with_id_twice(function):
    """What an id names, named by the request too."""
    parameter, _ = texts(declared()[function])
    name = parameter.removesuffix("_id")
    return (function, ID, text({**REQUESTS[function], name: "x"})), f"{name} is "


BAD.update(
    {
        f"the id of {function} again in its request": with_id_twice(function)
        for function in REQUESTS
        if len(texts(declared()[function])) == 2
    }
)


def bad_calls():
    """Of every function: no client, and each of its texts NULL or not UTF-8 or, where NULL is good, cut off."""
    for function in calls(declared()):
        good = good_texts(function.removesuffix("_pages"))
        rest = ("all",) if function.endswith("_pages") else ()
        yield ("no_client", function, *good, *rest)
        for number, name in enumerate(texts(declared()[function])):
            for bad in (LATIN, "{" if name == "request_json" else None):
                yield (function, *good[:number], bad, *good[number + 1 :], *rest)


# The functions that take nothing but the name of an object, and how that is called.
BY_LOOKUP = {
    function: next(iter(texts(declared()[function])))
    for function in OPERATIONS
    if list(declared().get(function, {}).values()).count(TEXT) == 1
    and not any(name.endswith("_id") or name == "request_json" for name in texts(declared()[function]))
}
LISTED = {function: REQUESTS[function] for function, operation in OPERATIONS.items() if operation.items}
