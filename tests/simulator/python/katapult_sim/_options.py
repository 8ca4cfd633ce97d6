"""The program's options, from the arguments of `Simulator`."""

from __future__ import annotations

from typing import Mapping, Sequence, Union

Option = Union[str, float, bool, Sequence[str], None]


def arguments(named: Mapping[str, Option]) -> list[str]:
    """An option for each argument that is neither None nor False: `task_seconds=0` is `--task-seconds=0`.

    A list is an option for each of its items.
    """
    made: list[str] = []
    for name, value in named.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            made.append(option)
        elif isinstance(value, (list, tuple)):
            made.extend(f"{option}={item}" for item in value)
        elif value is not None and value is not False:
            made.append(f"{option}={value}")
    return made
