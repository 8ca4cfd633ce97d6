"""The process `katapult-sim`: its start, what it says, its end."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from typing import Any, Sequence

from ._errors import SimulatorError


class Process:
    """A running `katapult-sim`, which ends with this process at the latest."""

    def __init__(self, binary: str, options: Sequence[str]) -> None:
        # Not a pipe: nobody would empty it.
        self._stderr = tempfile.TemporaryFile()
        try:
            # It ends with its input, and so with whoever holds the other end, also after a crash.
            self._process = subprocess.Popen(
                [binary, "--exit-with-stdin", *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
            )
        except OSError as error:
            self._stderr.close()
            raise SimulatorError(f"{binary} cannot be started: {error.strerror}") from error
        self.description: dict[str, Any] = self._read_description()

    def _read_description(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        try:
            description = json.loads(line)
            if isinstance(description, dict):
                return description
        except ValueError:
            pass
        if not line:
            self._process.wait()
        message = self.ended() or f"{self._process.args!r} printed {line[:200]!r} instead of its description"
        self.close()
        raise SimulatorError(message)

    def ended(self) -> str | None:
        """How the process ended, with its last words; None while it runs."""
        code = self._process.poll()
        if code is None:
            return None
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        words = self.log()[-2000:].strip()
        return f"katapult-sim ended {how}{': ' if words else ''}{words}"

    def log(self) -> str:
        """What it has written to its standard error output."""
        if self._stderr.closed:
            return ""
        # Without moving the end, which the process shares.
        size = os.fstat(self._stderr.fileno()).st_size
        return os.pread(self._stderr.fileno(), size, 0).decode(errors="replace")

    def close(self) -> None:
        """Ends the process and waits for it. May be called again; in a forked child it only lets go."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        # Nothing happens here in a forked child: it is not its process.
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stderr.close()
