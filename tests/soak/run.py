"""What `make soak` runs: long runs, many threads, forks and signals, in C and in every Python that is found.

    run.py [--short] [--seed N] [--only TEXT] [--python VERSION]

Short, it leaves out the rate limits, which take five minutes, and writes no page.
"""

import argparse
import os
import random
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "python")]

import interpreters  # noqa: E402
import many_disks  # noqa: E402
import page  # noqa: E402
import parts  # noqa: E402
import rate_limit  # noqa: E402
from jobs import finished  # noqa: E402


def main():
    # A shell starts what runs in its background with Ctrl-C ignored, and so would all scenarios be.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options = arguments()
    length = "short" if options.short else "full"
    found = [one for one in interpreters.find() if options.python in (None, one.name)]
    print(f"seed {options.seed}; Python {', '.join(interpreter.name for interpreter in found)}", flush=True)
    if not any(interpreter.free_threaded for interpreter in found):
        print("notice: there is no free-threaded Python on this machine, so none is tested")
    packages = {interpreter: interpreters.package_for(interpreter) for interpreter in found}
    own = next((one for one in found if one.version[:2] == sys.version_info[:2]), found[0])

    started = time.monotonic()
    results = []
    alone, together, beside = jobs_of(packages, own, options.seed, length, options.only)
    # The rate limits take five minutes and little work, so they go on beside the rest.
    with ThreadPoolExecutor(max(1, len(beside))) as waiting, ThreadPoolExecutor(processors()) as working:
        limited = waiting.map(show, beside)
        # Those that measure come one by one; the others wait more than they work.
        results.extend(map(show, alone))
        results.extend(working.map(show, together))
        results.extend(limited)

    failed = [result for result in results if result.problem]
    print(f"\n{len(results) - len(failed)} passed, {len(failed)} failed, in {time.monotonic() - started:.0f} s")
    for result in failed:
        print(f"FAILED {result.where} {result.name}")
    if not options.short and not options.only and not options.python and not failed:
        page.write(found, results, options.seed, time.monotonic() - started)
    return bool(failed)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", default="", help="only what has this in its name")
    parser.add_argument("--python", help="only this one, as 3.11")
    return parser.parse_args()


def processors():
    return os.cpu_count() or 1


def jobs_of(packages, own, seed, length, only):
    """Lists of (name, where, function): those that run alone, those that run together, those beside all others."""
    limited = rate_limit.all_jobs(own, packages[own]) + [many_disks.job(own, packages[own])]
    beside = limited if length == "full" else []
    alone = [
        ("threads", "C", lambda: parts.c_threads(seed, length)),
        ("memory", "C", lambda: parts.c_memory(seed, length)),
    ]
    together = []
    for scenario in parts.MEMORY:
        alone.append(python_job(scenario, own, packages[own], seed, length))
    for interpreter, package in packages.items():
        for scenario in parts.CONCURRENCY:
            measures = scenario.server == "simulator"
            (alone if measures and length == "full" else together).append(
                python_job(scenario, interpreter, package, seed, length)
            )
    return [[job for job in some if only in job[0]] for some in (alone, together, beside)]


def python_job(scenario, interpreter, package, seed, length):
    return scenario.name, interpreter.name, lambda: scenario.run(interpreter, package, seed, length)


printing = threading.Lock()


def show(job):
    result = finished(*job)
    figures = ", ".join(f"{name} {value:,.6g}" for name, value in result.figures.items() if is_number(value))
    with printing:
        good = "FAILED" if result.problem else "ok"
        print(f"{good:6} {result.where:5} {result.name:28} {result.seconds:6.1f} s  {figures}", flush=True)
        if result.problem:
            print(f"\n{result.problem}\n", flush=True)
    return result


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


if __name__ == "__main__":
    sys.exit(main())
