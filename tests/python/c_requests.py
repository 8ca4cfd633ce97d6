"""A good request of each C function that takes one, and which of them may be NULL."""

import json

from c_face import fields
from c_header import comments, declared, texts
from table import TABLE, c_name

# What is no operation.
OWN = ("request", "openstack_request")
OPERATIONS = {c_name(operation): operation for operation in TABLE.values()}


def good_texts(function):
    """The texts of a good call, in their order."""
    if not texts(declared()[function]):
        return []
    if function in OWN:
        return ["GET", "/disks", '{"query": {"a": "b"}}']
    operation = OPERATIONS[function]
    _, *given = fields(operation.name, operation.arguments)
    return given[: len(texts(declared()[function]))]


# What the library does not have, test_parity.py tells.
REQUESTS = {
    function: json.loads(good_texts(function)[-1])
    for function in (*OPERATIONS, *OWN)
    if "request_json" in declared().get(function, ())
}
# The comment of the parameter says it.
MAY_BE_NULL = {name for name in REQUESTS if "@param request_json  NULL" in comments()[name]}
