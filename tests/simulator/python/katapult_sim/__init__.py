"""Test your code against Katapult's disk API and OpenStack's Nova without an account.

`Simulator` starts `katapult-sim` and gives orders to it. With pytest the fixture `katapult` gives one that is as new in each test.
"""

from ._binary import find_binary
from ._errors import SimulatorError
from ._request import Request
from ._simulator import Simulator

__all__ = ["Request", "Simulator", "SimulatorError", "find_binary"]
