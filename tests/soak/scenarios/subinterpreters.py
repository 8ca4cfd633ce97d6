"""Other interpreters in the same process: the package is refused there, and goes on working in the main one."""

import importlib
import os
import sys

ATTEMPT = """
import os, sys
sys.path[:0] = {path!r}
try:
    import katapult_disk
except ImportError as error:
    told = f"refused: {{error}}"
except BaseException as error:
    told = f"not an ImportError but {{error!r}}"
else:
    told = "imported"
os.write({writer}, told.encode())
"""


def interpreters():
    """The module that makes them; its name has changed twice."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    raise AssertionError("this Python has no subinterpreters")


def attempt(path):
    """What came of the import in an interpreter of its own."""
    module = interpreters()
    reader, writer = os.pipe()
    other = module.create()
    module.run_string(other, ATTEMPT.format(path=path, writer=writer))
    module.destroy(other)
    os.close(writer)
    told = os.read(reader, 1000).decode()
    os.close(reader)
    return told


def refused(world):
    # Before this interpreter has the package, too: whoever comes first must not take it away from the others.
    was_refused(attempt(sys.path))

    from .checks import Readers, nothing_left, read_disks

    with nothing_left(), world.client() as client:
        with Readers(client, 4, "main"):
            for _ in range(world.count):
                was_refused(attempt(sys.path))
        read_disks(client, "after", 10)
    return {"imports_refused": world.count + 1}


def was_refused(told):
    assert told.startswith("refused: "), told
