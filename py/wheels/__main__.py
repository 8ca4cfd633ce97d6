"""Makes the sdist and, from it, the wheels; checks them; uses them. `make wheels` runs this.

py/wheels [--short] [--on "COMMAND;COMMAND"]
"""

import argparse
import sys
import time

import build
import checks
import source
import use


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--short", action="store_true", help="the wheel for this machine only, built faster")
    arguments.add_argument("--on", default="", help="commands of further interpreters, separated by semicolons")
    arguments = arguments.parse_args()
    sdist = timed("the sdist", source.make)
    wheels = []
    interpreters = use.found(arguments.on)
    for target in build.targets(arguments.short):
        wheels.append(timed(target.name, build.wheel, sdist, target, arguments.short))
    if not arguments.short:
        for interpreter in interpreters:
            if build.can_build_for(interpreter):
                wheels.append(timed(f"for {interpreter}", build.free_threaded_wheel, sdist, interpreter))
    timed("checks", checks.all_of, sdist, wheels)
    timed("use", use.everywhere, wheels, interpreters)


def timed(what, do, *arguments):
    began = time.monotonic()
    result = do(*arguments)
    print(f"== {what}: {time.monotonic() - began:.0f} s", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
