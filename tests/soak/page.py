"""The section of docs/reliability.md that the soak writes."""

import many_disks
import parts
import report
from rate_limit import PERMITTED


def write(found, results, seed, seconds):
    figures = {(result.name, result.where): result.figures for result in results}
    names = [interpreter.name for interpreter in found]
    text = f"{report.machine()}; {seconds / 60:.0f} minutes, seed {seed}."
    disks = next(result.figures for result in results if result.name == many_disks.NAME)
    paragraphs = [
        *(text, concurrency(figures, names), memory(figures, results), rate_limit(results)),
        many_disks.sentence(disks),
    ]
    report.write_section("reliability.md", "soak", "\n\n".join(paragraphs))


def concurrency(figures, names):
    """A row for each scenario, a column for C and for each Python."""
    rows = []
    for scenario in parts.CONCURRENCY:
        cells = [scenario.shows(figures[scenario.name, name]) for name in names]
        in_c = parts.pace(figures["threads", "C"]) if scenario.name == "threads.mixed_calls" else ""
        rows.append([scenario.says, f"{scenario.full * scenario.processes[1]:,}", in_c, *cells])
    return report.table(["Concurrency", "times", "C", *names], rows)


def memory(figures, results):
    """Growth from the first tenth to the end."""
    in_c = figures["memory", "C"]
    where = next(result.where for result in results if result.name == "memory.calls")
    rows = [
        row("C", "calls", in_c),
        row("C", "clients", in_c, "clients_"),
        row(f"Python {where}", "calls", figures["memory.calls", where]),
        row(f"Python {where}", "clients", figures["memory.clients", where]),
    ]
    return report.table(["Memory", "what", "times", "a second", "KiB after a tenth", "KiB at the end"], rows)


def row(where, what, figures, prefix=""):
    """`prefix` is what the names of the clients' figures begin with in C."""
    times, seconds = figures[what], figures[f"{prefix}seconds"]
    before, after = figures[f"{prefix}warm_kib"], figures[f"{prefix}end_kib"]
    return [where, what, f"{times:,}", f"{times / seconds:,.0f}", f"{before:,}", f"{after:,}"]


def rate_limit(results):
    rows = [
        [
            result.name[len("rate limit, ") :],
            result.where,
            f"{result.figures['calls']:,}",
            0,
            " ".join(str(calls) for calls in result.figures["minutes"]),
            f"{result.figures['used']:.1%}",
        ]
        for result in results
        if result.name.startswith("rate limit")
    ]
    header = [f"Rate limit of {PERMITTED} a minute", "in", "calls", "errors", "calls in each minute", "of the rate"]
    return report.table(header, rows)
