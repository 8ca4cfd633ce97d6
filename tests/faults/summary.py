"""What the matrix found: a table for people, the section of docs/reliability.md, the broken cells."""

import re
from collections import Counter

import report
from cell import GRACE
from expectations import EXPECTED
from faces import OPENSTACK

HEADER = ["Fault", "Read", "Write", "OpenStack", "Sent at most", "Cells", "Over the timeout"]


def claims(cells):
    """How many cells claim what, say ``ok 66, timed_out/unknown 3``; without a number when all agree."""
    counted = Counter(cell.claim for cell in cells).most_common()
    if len(counted) < 2:
        return counted[0][0] if counted else ""
    return ", ".join(f"{claim} {count}" for claim, count in counted)


def overrun(cells):
    # Where a driver had megabytes to read first, its round trip says nothing about the library.
    worst = max((cell.over for cell in cells if cell.grace == GRACE), default=0)
    return "never" if worst <= 0 else f"{worst * 1000:.0f} ms"


def requests(cells, is_write):
    """The most that the server counted for one call."""
    return max((cell.requests for cell in cells if cell.is_write is is_write), default=0)


def row(fault, cells):
    cloud = [cell for cell in cells if cell.operation.startswith(OPENSTACK)]
    katapult = [cell for cell in cells if cell not in cloud]
    told = [claims([cell for cell in katapult if cell.is_write is is_write]) for is_write in (False, True)]
    sent = " / ".join(str(requests(cells, is_write)) for is_write in (False, True))
    return [EXPECTED[fault].title, *told, claims(cloud), sent, len(cells), overrun(cells)]


def rows(cells):
    by_fault = {fault: [cell for cell in cells if cell.fault == fault] for fault in EXPECTED}
    return [row(fault, some) for fault, some in by_fault.items() if some]


def plain(lines):
    widths = [max(len(str(line[column])) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(str(text).ljust(width) for text, width in zip(line, widths)).rstrip() for line in lines)


def sentence(cells, again, seconds):
    faults, operations = len({cell.fault for cell in cells}), len({cell.operation for cell in cells})
    broken = sum(bool(cell.broken) for cell in cells)
    alone = f" {again} cells ran out of time beside the others and were run again alone." if again else ""
    return (
        f"{len(cells):,} cells ({operations} operations, {faults} faults, three faces) in {seconds:.0f} s: "
        f"{broken} broke a promise.{alone}"
    )


def section(cells, again, seconds):
    return "\n\n".join(
        [
            f"{sentence(cells, again, seconds)} {report.machine()}.",
            "A call claims a status and an outcome; a number behind it says how many cells do, where not all agree. "
            "OpenStack's are the reads, the detach, and a detach whose login, exchange of a token, version document or proof "
            'of absence meets the fault. "Sent at most" is how many requests of one call the server counted, of a read / a '
            "write: more than one where OpenStack's login or version document comes before the detach; \"over the timeout\" "
            "the worst cell.",
            report.table(HEADER, rows(cells)),
        ]
    )


def report_broken(cells):
    """A line for each promise that a fault broke, with what was said in the first cell, and all cells."""
    found = {}
    for cell in sorted(cells, key=lambda cell: cell.place):
        for words in cell.broken:
            # Without ports, which differ from cell to cell.
            found.setdefault((cell.fault, re.sub(r":\d{4,5}\b", "", words)), []).append(cell)
    for (fault, words), some in found.items():
        said = f" ({some[0].description})" if some[0].description else ""
        where = ", ".join(f"{cell.operation} / {cell.face}" for cell in some)
        print(f"BROKEN {fault}: {words}{said}: in {len(some)} cells: {where}")


def tell(cells, again, seconds, whole):
    """Prints it all, and writes the docs after a whole run; the exit status."""
    print(plain([HEADER, *rows(cells)]), flush=True)
    report_broken(cells)
    print(sentence(cells, again, seconds))
    if whole:
        report.write_section("reliability.md", "faults", section(cells, again, seconds))
    return 1 if any(cell.broken for cell in cells) else 0
