"""Runs what was built for Windows under wine: the C examples against the simulator. `make wine` does.

    wine.py WINE FOLDER_OF_THE_PROGRAMS
"""

import json
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import demo  # noqa: E402

EXAMPLES = (["lifecycle.exe"], ["fleet.exe", "wine", "5"])


def main(wine, programs):
    simulator = [wine, f"{programs}/katapult-sim.exe", "--exit-with-stdin", "--task-seconds", "0.5"]
    with subprocess.Popen(simulator, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        about = json.loads(running.stdout.readline())
        for example, *arguments in EXAMPLES:
            print(f"\n{example}", flush=True)
            command = [wine, f"{programs}/{example}", *arguments]
            subprocess.run(command, env=demo.environment(about), check=True, timeout=120)
            demo.reset(about)
        running.stdin.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
