"""Runs one scenario in this process, which belongs to it alone.

    scenario.py MODULE.FUNCTION ARGUMENTS

The arguments are JSON: `client` (the client's options), `about` (the server's description), `seed`, `count` (how often,
as the scenario understands it) and `limit` (seconds, then all stacks are printed and the process ends). Prints what the
scenario returns as the last line.
"""

import faulthandler
import importlib
import json
import random
import sys


class World:
    def __init__(self, arguments):
        self.options = arguments["client"]
        self.about = arguments["about"]
        self.seed = arguments["seed"]
        self.count = arguments["count"]
        self.random = random.Random(self.seed)

    def client(self, **options):
        import katapult_disk  # Not above: one scenario is about who imports it first.

        return katapult_disk.Client(**{**self.options, **options})


def main(name, arguments):
    arguments = json.loads(arguments)
    # The watch is a thread of its own that needs no GIL, so it sees every kind of hang.
    faulthandler.enable()
    faulthandler.dump_traceback_later(arguments["limit"], exit=True)
    module, function = name.split(".")
    result = getattr(importlib.import_module(f"scenarios.{module}"), function)(World(arguments))
    print(json.dumps(result or {}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
