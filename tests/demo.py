"""Runs the two examples against the simulator: what `make demo` shows.

    demo.py SIMULATOR C_EXAMPLE PYTHON_EXAMPLE
"""

import json
import os
import subprocess
import sys
import urllib.request


def main(simulator, c_example, python_example):
    command = [simulator, "--exit-with-stdin", "--task-seconds", "1.5"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        about = json.loads(running.stdout.readline())
        print(f"The simulator serves {about['katapult_url']} (Katapult) and {about['openstack_url']} (OpenStack).")
        try:
            for title, example in (("Python", [sys.executable, python_example]), ("C", [c_example])):
                print(f"\n{title}: {os.path.relpath(example[-1])}", flush=True)
                subprocess.run(example, env=environment(about), check=True)
                reset(about)
        except subprocess.CalledProcessError as failed:
            sys.exit(f"the {title} example ended with status {failed.returncode}")
        finally:
            running.stdin.close()  # ends the simulator


def environment(about):
    """What an account's owner would set, and nothing of what is set for another account."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KATAPULT_", "OS_"))}
    return {**kept, **about["environment"]}


def reset(about):
    """The volume is attached again, and so on."""
    request = urllib.request.Request(about["control_url"] + "/reset", method="POST", data=b"")
    # Not through a proxy that the environment may name.
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()


if __name__ == "__main__":
    main(*sys.argv[1:])
