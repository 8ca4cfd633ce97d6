"""What `progress=True` shows: a bar for a task, a line for a volume that is being detached, one for many disks."""

import sys
import time
from typing import Optional, TextIO

from ._katapult_disk import FleetCounts, Task, VolumeAttachment

__all__ = ["Bar", "DetachLine", "FleetLine"]

_WIDTH = 20

# Between two lines in a log, in seconds.
_MINUTE = 60.0


class _Line:
    """One line of stderr, redrawn in place; if stderr is not a terminal, one line per change."""

    def __init__(self, stream: Optional[TextIO] = None) -> None:
        # A program without a console has None there, and one may delete it: typeshed's type promises too much.
        self._stream: Optional[TextIO] = getattr(sys, "stderr", None) if stream is None else stream
        self._redraws = _is_terminal(self._stream)
        self._started = time.monotonic()
        self._shown = ""

    def finish(self) -> None:
        """Ends the line."""
        if self._redraws and self._shown:
            self._write("\n")
        self._shown = ""

    def _show(self, text: str) -> None:
        seconds = f"  {time.monotonic() - self._started:.0f} s"
        if self._redraws:
            line = text + seconds
            # Blanks cover what is left of a longer line.
            self._write("\r" + line.ljust(len(self._shown)))
            self._shown = line
        elif text != self._shown:
            self._write(text + seconds + "\n")
            self._shown = text

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            # What a program has put in place of stderr may have no more than `write`.
            getattr(self._stream, "flush", lambda: None)()
        except Exception:
            # Closed, nobody reads it any more, or broken: no reason to give up what is waited for.
            self._stream = None


def _is_terminal(stream: Optional[TextIO]) -> bool:
    try:
        return stream is not None and bool(stream.isatty())
    except Exception:
        return False


def _is_worker() -> bool:
    """Whether this is a child of `multiprocessing`, as Dask's workers are, too."""
    process = sys.modules.get("multiprocessing.process")
    return process is not None and process.parent_process() is not None


def _printable(text: str) -> str:
    """The beginning of a text of the service's, without what a terminal would obey."""
    return "".join(filter(str.isprintable, text))[:60]


class Bar(_Line):
    """Shows a task on one line of stderr, redrawn in place; if stderr is not a terminal, one line per change.

    `wait_task(task, progress=True)` makes one. Call it with the task after each poll, and `finish` at the end.
    """

    def __call__(self, task: Task) -> None:
        """Shows the task as it is now."""
        percent = min(task.progress or 0, 100)
        bar = ("#" * (percent * _WIDTH // 100)).ljust(_WIDTH, "-")
        self._show(f"{_printable(task.name or task.id)}  [{bar}] {percent:3}%  {_printable(task.status or '')}")


class DetachLine(_Line):
    """Shows a volume that is still attached as `Bar` shows a task.

    `detach_volume(server_id, volume_id, wait=True, progress=True)` makes one.
    """

    def __call__(self, attachment: VolumeAttachment) -> None:
        """Shows the attachment as it is now."""
        # Short enough for 80 columns: what wraps cannot be redrawn in place.
        self._show(f"volume {_printable(attachment.volume_id)} is still attached")


class FleetLine(_Line):
    """Shows how far many disks have come on one line of stderr, redrawn in place; if stderr is not a terminal, or in a child
    of `multiprocessing`, a line each minute, and one at the end.

    `create_disks(specs, progress=True)` makes one. `name` is what it begins with, `deed` what is done with the disks in one
    word, `total` their number, if that is known. Call it with the counts, and `finish` at the end.
    """

    def __init__(self, name: str, deed: str, total: Optional[int] = None, stream: Optional[TextIO] = None) -> None:
        super().__init__(stream)
        # Several workers would overwrite each other's line.
        self._redraws = self._redraws and not _is_worker()
        # What wraps cannot be redrawn in place.
        self._name = _printable(name)[:30]
        self._deed = deed
        self._total = "" if total is None else f" of {total}"
        self._next = self._started + _MINUTE
        self._left = ""

    def __call__(self, counts: FleetCounts) -> None:
        """Shows the counts as they are now."""
        done = getattr(counts, self._deed, None)
        parts = [f"{counts.existed if done is None else done}{self._total} {self._deed}"]
        others = {"failed": counts.failed, "unknown": counts.unknown, "under way": counts.pending}
        if done is not None:
            others = {"existed": counts.existed, **others}
        parts += [f"{number} {what}" for what, number in others.items() if number]
        text = f"{self._name}: {', '.join(parts)}"
        now = time.monotonic()
        if self._redraws or now >= self._next:
            self._next = now + _MINUTE
            self._left = ""
            self._show(text)
        else:
            self._left = text

    def finish(self) -> None:
        """Ends the line, with what was seen last."""
        if self._left:
            self._show(self._left)
            self._left = ""
        super().finish()
