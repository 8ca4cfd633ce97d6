"""The section of docs/performance.md that the fleets have."""

import comparison
import report
from figures import Figure


def write(length, results, seconds):
    report.write_section("performance.md", "fleet", text(length, results, seconds))


def text(length, results, seconds):
    figures = [result for result in results if isinstance(result, Figure)]
    ways = [result for result in results if isinstance(result, comparison.Way)]
    met = sum(figure.met for figure in figures)
    header = ["", "figure", "measured", "goal", "met"]
    compared = f"{length.compared:,} disks, tasks of {comparison.TASK_SECONDS} s"
    return "\n\n".join(
        [
            f"{report.machine()}; {seconds / 60:.0f} minutes. {met} of {len(figures)} goals met.{minutes(length)}",
            report.table(header, [figure.cells() for figure in figures]),
            "The same work in other ways:",
            report.table([compared, "calls a disk", "429s", "wall"], [way.cells() for way in ways]),
        ]
    )


def minutes(length):
    return "" if length.minute == 60 else f" **With minutes of {length.minute} s.**"
