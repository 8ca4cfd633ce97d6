"""What `make fleet` runs: fleets against a simulator, each measured and judged against its goal.

    run.py [--short] [--only TEXT] [--write]

Short, it has minutes of 6 s and fewer disks, and writes no page. It fails when a goal is missed.
"""

import argparse
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "python")]

import comparison  # noqa: E402
import kills  # noqa: E402
import lengths  # noqa: E402
import programs  # noqa: E402
import rows  # noqa: E402
import section  # noqa: E402
import shares  # noqa: E402
from figures import Figure, printing, show  # noqa: E402


def main():
    options = arguments()
    programs.check_builds()
    length = lengths.SHORT if options.short else lengths.FULL
    chosen = {name: job for name, job in jobs(length).items() if options.only in name}
    started = time.monotonic()
    with ThreadPoolExecutor(length.lanes) as lanes:
        done = list(lanes.map(finished, chosen, chosen.values()))
    seconds = time.monotonic() - started
    results = [result for results in done if results for result in results]
    missed = [result for result in results if isinstance(result, Figure) and not result.met]
    failed = [name for name, results in zip(chosen, done) if results is None]
    print(f"\n{len(missed)} goals missed, {len(failed)} measurements failed, in {seconds:.0f} s")
    if not failed and not options.only and (options.write or not options.short):
        section.write(length, results, seconds)
    return bool(missed or failed)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="only what has this in its name")
    parser.add_argument("--write", action="store_true", help="write the page of a short run, too")
    return parser.parse_args()


def jobs(length):
    """In the order of the page; each gives figures. They wait for the service's rate or tasks, so several run at once."""
    return {
        "many disks": lambda: rows.many_disks(length),
        "tasks of 1 s": lambda: rows.calls_a_disk(length, 1),
        "tasks of 5 s": lambda: rows.calls_a_disk(length, 5),
        "tasks of 30 s": lambda: rows.calls_a_disk(length, 30),
        "share 1.0": lambda: shares.whole(length),
        "share 0.95": lambda: shares.with_neighbours(length),
        "two processes": lambda: rows.two_processes(length),
        "all there": lambda: rows.all_there(length),
        "killed": lambda: kills.killed(length),
        **{f"compared: {mode}": lambda mode=mode: [comparison.measure(length, mode)] for mode in comparison.WAYS},
    }


def finished(name, job):
    """What the job has measured, or None if it failed, which is shown."""
    started = time.monotonic()
    try:
        results = job()
    except Exception:
        with printing:
            print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)
        return None
    for result in results:
        if isinstance(result, Figure):
            show(result)
    with printing:
        print(f"done   {name}, {time.monotonic() - started:.0f} s", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main())
