"""Refuses to be loaded in a subinterpreter.

The extension has one set of classes and exceptions per process, and two interpreters must not share objects. Python 3.12
and newer refuse that by themselves.
"""

import sys

if sys.version_info < (3, 12):
    try:
        import _xxsubinterpreters as interpreters  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        pass  # A Python that was built without them.
    else:
        if interpreters.get_current() != interpreters.get_main():
            raise ImportError("katapult_disk does not support loading in subinterpreters")
