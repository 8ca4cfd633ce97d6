"""Refuses to be loaded in a subinterpreter.

The extension has one set of classes and exceptions per process, and two interpreters must not share objects. Python 3.12
and newer refuse that by themselves.
"""

import sys

if sys.version_info < (3, 12):
    import _signal  # type: ignore[import-not-found, unused-ignore]

    def is_main() -> bool:
        """Whether this is the main interpreter."""
        try:
            # Never right; but the number is looked at only on the main thread of the main interpreter.
            _signal.signal(0, _signal.SIG_DFL)
        except ValueError as refusal:
            if "main thread" not in str(refusal):
                return True
        try:
            # Takes a tenth of the package's import, which is most often on the main thread.
            import _xxsubinterpreters as interpreters  # type: ignore[import-not-found, unused-ignore]
        except ImportError:
            return True  # A Python that was built without them.
        return bool(interpreters.get_current() == interpreters.get_main())

    if not is_main():
        raise ImportError("katapult_disk does not support loading in subinterpreters")
