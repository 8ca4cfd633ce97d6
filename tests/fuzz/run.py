"""What `make fuzz` runs, once the targets are built: each of them for its share of the time.

    run.py [--seconds N] [--short]

Short, each runs for five seconds, and no page is written. What a target finds goes to TARGET/fuzz, never into the tree.
"""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "python")]

import corpus  # noqa: E402
import report  # noqa: E402
from places import TARGET  # noqa: E402

FUZZ = TARGET / "fuzz"
TARGETS = {
    "texts": "texts that may be JSON, beside what serde_json sees in them",
    "answers": "JSON of every operation's answer",
    "refusals": "error bodies of both services, `Retry-After`, dates",
    "requests": "requests as JSON, lookups",
    "options": "options as JSON",
    "addresses": "URLs of services and proxies, `NO_PROXY`",
    "clouds": "`clouds.yaml`, `secure.yaml`",
    "exchange": "a server that sends any bytes; five calls, and a login",
    "entries": "every C function with any texts, while the server sends any bytes",
}
SHORT_SECONDS = 5


@dataclass
class Run:
    target: str
    log: str
    artifact: Optional[Path]

    def figure(self, pattern):
        found = re.findall(pattern, self.log)
        return int(found[-1]) if found else 0

    @property
    def executions(self):
        return self.figure(r"stat::number_of_executed_units: +(\d+)")

    @property
    def edges(self):
        return self.figure(r"cov: (\d+)")

    @property
    def inputs(self):
        return self.figure(r"corp: (\d+)")


def main():
    options = arguments()
    at_once = max(1, min(os.cpu_count() or 1, len(TARGETS)))
    seconds = SHORT_SECONDS if options.short else max(1, options.seconds * at_once // len(TARGETS))
    corpus.make(FUZZ / "seeds")
    failed = 0
    with ThreadPoolExecutor(at_once) as workers:
        runs = []
        for run in workers.map(lambda target: fuzz(target, seconds), TARGETS):
            runs.append(run)
            good = "FAILED" if failure_of(run) else "ok"
            print(f"{good:6} {run.target:10} {run.executions:9,} executions, {run.edges:6,} edges", flush=True)
    for run in runs:
        if failure_of(run):
            failed += 1
            print(f"\n== {run.target}\n{failure_of(run)}")
    if not (options.short or failed):
        write_page(runs, seconds)
    return bool(failed)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--short", action="store_true")
    return parser.parse_args()


def binary(target):
    [path] = FUZZ.glob(f"*/release/{target}")
    return path


def fuzz(target, seconds):
    own = FUZZ / "corpus" / target
    found = FUZZ / "found" / target
    for directory in (own, found, FUZZ / "tmp"):
        directory.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    command = [
        binary(target),
        f"-max_total_time={seconds}",
        # For one input; a machine that is busy takes long for all of them.
        "-timeout=30",
        f"-dict={HERE / 'katapult.dict'}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        own,
        FUZZ / "seeds" / target,
    ]
    finished = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = finished.stdout.decode(errors="replace")
    (FUZZ / f"{target}.log").write_text(log)
    artifacts = sorted(set(found.iterdir()) - before)
    if finished.returncode and not artifacts:
        log += f"\nended with {finished.returncode}"
    return Run(target, log, artifacts[0] if artifacts else None)


def environment():
    """This process's, less what would change what a client does."""
    changing = re.compile(r"(KATAPULT_|OS_).*|.*_PROXY|SSL_CERT_.*", re.IGNORECASE)
    kept = {name: value for name, value in os.environ.items() if not changing.fullmatch(name)}
    return {**kept, "TMPDIR": str(FUZZ / "tmp")}


def failure_of(run):
    """What went wrong and how to see it again; None if nothing did."""
    if run.artifact is None and "\nended with " not in run.log:
        return None
    told = "\n".join(run.log.splitlines()[-60:])
    again = f"{binary(run.target)} {run.artifact}" if run.artifact else "no input was kept"
    return f"{told}\n\nto see it again: {again}"


def write_page(runs, seconds):
    rows = [
        (f"`{run.target}`", TARGETS[run.target], *(f"{number:,}" for number in (run.executions, run.edges, run.inputs)))
        for run in runs
    ]
    total = sum(run.executions for run in runs)
    text = (
        f"{report.machine()}; {seconds} s for each target, {total:,} executions, under AddressSanitizer and with "
        "checked arithmetic. Findings: none.\n\n"
        + report.table(("Target", "Input", "Executions", "Edges reached", "Inputs kept"), rows)
    )
    report.write_section("reliability.md", "fuzz", text)


if __name__ == "__main__":
    sys.exit(main())
