"""Where a call's instructions go, by what they are for: those of C's get and detach.

Needs a library with debug information, which says in which source file inlined code was written.
"""

import collections
import os
import re
import subprocess

import callgrind
from prepare import ROOT

# The first that fits counts. Each looks at the source file, and for code of Rust's standard library, which is inlined
# everywhere, at the function that it was inlined into.
GROUPS = [
    ("the C boundary and the program", r"ffi-c/src|katapult_disk_(get|detach)$|tests/bench/c/|^katapult_client"),
    ("allocation", r"malloc/|raw_vec|__rust_|alloc::alloc|alloc/unix"),
    ("copying, comparing, searching memory", r"string/|sysdeps/x86_64/multiarch|memchr|compiler_builtins"),
    ("HTTP, by ureq", r"/(ureq|ureq-proto|http)-\d|\b(ureq|ureq_proto|http)::"),
    ("checking the JSON", r"serde|itoa|json|utf8|from_utf8|validations"),
    ("reading the head of the answer", r"httparse|(raw|parsed)_head|http_response|httpdate"),
    ("writing the request", r"operation|percent|katapult/|header_lines|core::fmt|fmt/mod"),
    ("reading the body", r"transport(/|::)(body|read_buffer)|flate|miniz"),
    ("time limits and clocks", r"time\.rs|clock_gettime|[iI]nstant|deadline|interrupt"),
    ("system calls, and what is around them", r"rustix|socket2|/tcp\.rs|::tcp::|sysdeps/unix|socket/|io/poll|getpid"),
    ("the rest of the library's transport", r"core/src/transport|katapult_disk::transport"),
    ("the rest of the library", r"core/src|katapult_disk"),
    ("other crates", r"registry/src"),
]
OTHER = "Rust's standard library, not inlined"
STANDARD = re.compile(r"/library/(core|alloc|std)/|/rust/deps/")
GENERIC = re.compile(r"<[^<>]*>")
CRATE = re.compile(r".*/registry/src/[^/]+/([^/]+?)-\d[^/]*/")


def measure(bench, server):
    """Rows for people: what for, instructions of a get and of a detach, the largest parts."""
    if not bench.valgrind:
        return []
    library = bench.release if bench.short else library_with_symbols(bench.directory / "symbols")
    bench.c_clients |= bench.compile(library, "-symbols")
    calls = 10 if bench.short else 200
    groups = {job: grouped(bench, server, job, calls) for job in ("get", "detach")}
    labels = [*(label for label, _ in GROUPS), OTHER]
    rows = []
    for label in sorted(labels, key=lambda label: -groups["get"][label].total()):
        counts = [groups[job][label].total() / calls for job in ("get", "detach")]
        if max(counts) >= 1:
            largest = groups["get"][label].most_common(3)
            rows.append([label, *(f"{count:,.0f}" for count in counts), ", ".join(place for place, _ in largest)])
    totals = [sum(group.total() for group in groups[job].values()) / calls for job in ("get", "detach")]
    return rows + [["all", *(f"{total:,.0f}" for total in totals), ""]]


def library_with_symbols(directory):
    """Builds what is released, but with line tables and not stripped."""
    settings = {"CARGO_PROFILE_RELEASE_DEBUG": "1", "CARGO_PROFILE_RELEASE_STRIP": "none"}
    settings["CARGO_TARGET_DIR"] = str(directory)
    command = ["cargo", "build", "--quiet", "--locked", "--release", "-p", "katapult-disk-c"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **settings})
    return directory / "release"


def grouped(bench, server, job, calls):
    """For each group how many instructions each of its places has."""
    once, twice = (
        callgrind.profile(bench.c("katapult-symbols", job, number * calls, server.url)) for number in (1, 2)
    )
    groups = collections.defaultdict(collections.Counter)
    for (function, file), cost in (twice - once).own.items():
        label, place = classify(function or "", file or "")
        groups[label][place] += cost
    return groups


def classify(function, file):
    """The group, and a short name of the place."""
    where = function if STANDARD.search(file) or file in ("", "???") else file
    label = next((label for label, pattern in GROUPS if re.search(pattern, where)), OTHER)
    if where == function:
        return label, f"`{short(function)}`"
    crate = CRATE.match(file)
    if crate:
        return label, crate.group(1)
    return label, os.path.relpath(file, ROOT) if file.startswith(str(ROOT)) else os.path.basename(file)


def short(function):
    """The last two parts of a function's name, without type parameters."""
    function = re.sub(r"^<(.*) as .*>::", r"\1::", function)
    while GENERIC.search(function):
        function = GENERIC.sub("", function)
    return "::".join([part for part in function.split("::") if part][-2:])
