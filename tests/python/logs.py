"""The log of each face, as (level, message) in the order of the lines."""

import contextlib
import logging
import re

from c_face import CFace
from faces import RustFace

NAME = "katapult_disk"
C_LEVELS = {"1": "ERROR", "2": "WARNING", "3": "INFO", "4": "DEBUG"}
LINE = re.compile(
    r"(?P<method>[A-Z]+) (?P<url>\S+): (?P<came>.+?) in (?P<ms>\d+\.\d) ms, attempt (?P<attempt>\d+)"
    r"(?:, request (?P<request_id>[^\s;]+))?(?:; again in (?P<again>\d+\.\d) s)?"
)


def parsed(message):
    """What a line about a request says."""
    match = LINE.fullmatch(message)
    assert match, f"not a line about a request: {message!r}"
    return match.groupdict()


class Records(logging.Handler):
    """Keeps what a logger hands out."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)


@contextlib.contextmanager
def python_records(level=logging.DEBUG, name=NAME):
    """The records of the logger, which has this level meanwhile."""
    logger, handler = logging.getLogger(name), Records()
    before = logger.level
    logger.setLevel(level)
    logger.addHandler(handler)
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def into_file(path):
    """A prefix for a driver's command that sends its standard error there."""
    return ["sh", "-c", 'exec "$@" 2>"$0"', str(path)]


class PythonLog:
    def __init__(self, face):
        self.face = face
        self.stack = contextlib.ExitStack()
        self.records = self.stack.enter_context(python_records())

    def lines(self):
        return [(record.levelname, record.getMessage()) for record in self.records]

    def close(self):
        self.stack.close()


class DriverLog:
    def __init__(self, path, make, line):
        self.path, self.line = path, line
        self.face = make(into_file(path))

    def lines(self):
        found = (self.line.fullmatch(text) for text in self.path.read_text().splitlines())
        return [(C_LEVELS.get(match[1], match[1]), match[2]) for match in found if match]

    def close(self):
        self.face.close()


def c_log(path, prefix=()):
    log = DriverLog(path, lambda to_file: CFace([*to_file, *prefix]), re.compile(r"log (\d) (.*)"))
    assert log.face.send("log_set", "4") == ["ok"]
    return log


def rust_log(path, prefix=()):
    environment = ["env", "KATAPULT_DRIVER_LOG=1"]
    line = re.compile(rf"([A-Z]+) {NAME}: (.*)")
    return DriverLog(path, lambda to_file: RustFace([*to_file, *environment, *prefix]), line)
