"""The functions of include/katapult_disk.h, by their parameters. As a program it writes functions.h, the table with which
tests/c/driver.c and the fuzzer call every function that takes a client:

    python3 tests/python/c_header.py > functions.h
"""

import functools
import re

from places import HEADER

# What a function gets for a parameter of each type: members of `struct arguments` below.
GIVEN = {
    "const katapult_client *": "given->client",
    "const katapult_openstack_client *": "given->openstack",
    "const katapult_wait *": "given->wait",
    "katapult_page_fn": "given->page",
    "katapult_result_fn": "given->result",
    "void *": "given->user_data",
    "char **": "given->reply",
}
TEXT = "const char *"
HANDLES = ("katapult_client **", "katapult_openstack_client **")
CLIENTS = ("const katapult_client *", "const katapult_openstack_client *")

TABLE = """\
/* Made by tests/python/c_header.py: every function of the library that takes a client, by the name of its command. */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include "katapult_disk.h"

/* What any of them may get. */
struct arguments {{
    const katapult_client *client;
    const katapult_openstack_client *openstack;
    const char *text[{most_texts}];
    const katapult_wait *wait;
    katapult_page_fn page;
    katapult_result_fn result;
    void *user_data;
    char **reply;
}};

{calls}
static const struct function {{
    const char *name;
    int texts; /* how many it takes */
    int waits; /* whether it takes a katapult_wait */
    int pages; /* whether it takes a function for pages */
    int results; /* whether it takes a function for results */
    katapult_status (*call)(const struct arguments *);
}} functions[] = {{
{rows}
}};

#endif
"""


def functions(header=None):
    """The parameters of each function, without the katapult_ in its name: their types by their names."""
    text = re.sub(r"/\*.*?\*/", "", header or HEADER.read_text(encoding="utf-8"), flags=re.DOTALL)
    declared = re.findall(r"^[\w ]+?[ *]+katapult_(\w+)\(([^)]*)\);", text, re.MULTILINE)
    return {name: parameters(text) for name, text in declared}


@functools.cache
def declared():
    """What the header declares, read once."""
    return functions()


def comments(header=None):
    """The comment above each function, without the katapult_ in its name and the stars before its lines."""
    text = header or HEADER.read_text(encoding="utf-8")
    found = re.findall(r"/\*\*((?:(?!\*/).)*)\*/\s*[\w ]+[ *]katapult_(\w+)\([^;]*\);", text, re.DOTALL)
    return {name: re.sub(r"\n \*", "\n", comment) for comment, name in found}


def parameters(text):
    found = (re.fullmatch(r"(.*?)(\w+)", " ".join(part.split())) for part in text.split(",") if part != "void")
    return {match[2]: match[1].strip() for match in found}


def texts(given):
    return [name for name, kind in given.items() if kind == TEXT]


def is_text(function, argument):
    """Whether a function has a parameter for it, which is a text; else it is a member of a request."""
    return declared().get(function, {}).get(argument) == TEXT


def calls(declared):
    """The functions that make a call with a client that is there already."""
    return {
        name: given
        for name, given in declared.items()
        if set(CLIENTS) & set(given.values()) and "char **" in given.values() and not set(HANDLES) & set(given.values())
    }


def adapter(name, given):
    """A C function that gets its arguments from the struct."""
    unknown = set(given.values()) - {*GIVEN, TEXT}
    assert not unknown, f"say in GIVEN of tests/python/c_header.py what katapult_{name} gets for {unknown.pop()}"
    numbers = iter(range(len(given)))
    arguments = [f"given->text[{next(numbers)}]" if kind == TEXT else GIVEN[kind] for kind in given.values()]
    return (
        f"static katapult_status call_{name}(const struct arguments *given)\n"
        f"{{\n    return katapult_{name}({', '.join(arguments)});\n}}\n"
    )


def row(name, given):
    kinds = given.values()
    takes = ("const katapult_wait *", "katapult_page_fn", "katapult_result_fn")
    flags = ", ".join(str(int(kind in kinds)) for kind in takes)
    return f'    {{"{name}", {len(texts(given))}, {flags}, call_{name}}},'


def table(declared):
    every = calls(declared)
    return TABLE.format(
        most_texts=max(len(texts(given)) for given in every.values()),
        calls="\n".join(adapter(name, given) for name, given in every.items()),
        rows="\n".join(row(name, given) for name, given in every.items()),
    )


if __name__ == "__main__":
    print(table(functions()), end="")
