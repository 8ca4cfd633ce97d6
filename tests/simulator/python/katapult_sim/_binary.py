"""Finds the program `katapult-sim`."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig

from ._errors import SimulatorError

NAME = "katapult-sim" + (sysconfig.get_config_var("EXE") or "")


def find_binary() -> str:
    """Returns the path of `katapult-sim`.

    KATAPULT_SIM names it, if that is set. Else it is the one that was installed with this package, or the first on the PATH.
    """
    named = os.environ.get("KATAPULT_SIM")
    if named:
        if os.access(named, os.X_OK) and os.path.isfile(named):
            return os.path.abspath(named)
        raise SimulatorError(f"KATAPULT_SIM names {named}, which is not a program")
    for folder in _folders():
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            return path
    found = shutil.which(NAME)
    if found:
        return found
    raise SimulatorError(
        f"there is no {NAME} in {sysconfig.get_path('scripts')} or on the PATH: "
        "reinstall the package katapult-sim, or set KATAPULT_SIM to the path of the program"
    )


def _folders() -> list[str]:
    """Where pip puts scripts: of this environment, of the user, and of `pip install --target`."""
    user = "osx_framework_user" if sys.platform == "darwin" and sys._framework else f"{os.name}_user"
    folders = [sysconfig.get_path("scripts")]
    if user in sysconfig.get_scheme_names():
        folders.append(sysconfig.get_path("scripts", user))
    return [*folders, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin")]
