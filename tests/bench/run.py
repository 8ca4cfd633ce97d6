"""`make bench`: measures the library and its peers side by side, and writes docs/performance.md.

    run.py TARGET [--short] [--only MEASURE]

TARGET is cargo's target directory with the released library. --short runs each measure briefly and writes nothing.
Either way only instruction counts above tests/bench/limits.json make it fail: times depend on what else a machine does.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))

import chart
import report
from measures import c_calls, handshakes, lists, places, python_calls, sizes, threads
from prepare import Bench
from rows import number
from server import NGINX, serving

HEADER = ["", "ours", "peer", "measured", "goal", "met"]
# What a machine may have set, that clients heed each in its own way; requests prefers it to its own settings.
ENVIRONMENT = [
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    *(scheme + "_proxy" for scheme in ("http", "https", "all")),
    *(scheme + "_PROXY" for scheme in ("HTTP", "HTTPS", "ALL")),
]
MEASURES = {
    "c_calls": c_calls.measure,
    "python_calls": python_calls.measure,
    "lists": lists.measure,
    "threads": threads.measure,
    "handshakes": handshakes.measure,
    "sizes": sizes.measure,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", choices=[*MEASURES, "places"])
    arguments = parser.parse_args()
    # So that nginx ends, too, when somebody ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    if sys.platform != "linux" or NGINX is None:
        print("Nothing is measured: that needs Linux and nginx.")
        return
    load = os.getloadavg()[0]
    bench = Bench(arguments.target.resolve(), arguments.short)
    for name in ENVIRONMENT:
        os.environ.pop(name, None)
    rows, where = measure(bench, arguments.only)

    print(report.table(HEADER, [row.cells() for row in rows]))
    print(report.table(["what for", "get", "detach", "most of it in"], where))
    if arguments.short:
        print("A short run: only the instruction counts say anything, and the lists are a hundredth as long.")
    for notice in bench.notices:
        print(f"Notice: {notice}.")
    if not arguments.short and not arguments.only:
        write(rows, where, [f"Load average before the run: {load:.1f}", *bench.notices])
    sys.exit(exceeded(rows))


def measure(bench, only):
    rows, where = [], []
    with serving(bench.pages) as server:
        for name, function in MEASURES.items():
            if only in (None, name):
                start = time.monotonic()
                rows += function(bench, server)
                print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
        if only in (None, "places"):
            start = time.monotonic()
            where = places.measure(bench, server)
            print(f"places: {time.monotonic() - start:.0f} s", flush=True)
    return rows, where


def write(rows, where, notices):
    """The sections of the page, and the chart beside it."""
    (report.DOCS / "performance.svg").write_text(chart.draw(rows))
    met = sum(row.met is True for row in rows)
    summary = f"{report.machine()}. {met} of {len(rows)} goals met."
    notes = [summary, *(f"{notice}." for notice in notices)]
    table = report.table(HEADER, [row.cells() for row in rows])
    report.write_section("performance.md", "table", "\n\n".join([" ".join(notes), table]))
    places_table = report.table(["what for", "get", "detach", "most of it in"], where)
    report.write_section("performance.md", "places", places_table)


def exceeded(rows):
    """Says which instruction counts are above their limits; None if there is none."""
    limits = json.loads((HERE / "limits.json").read_text())
    above = []
    for row in rows:
        if row.counted:
            name, count = row.counted
            if count > limits[name]:
                above.append(f"{row.title}: {number(count)}, and the limit is {number(limits[name])}")
    return "\n".join(above) or None


if __name__ == "__main__":
    main()
