"""`python -m katapult_sim` is `katapult-sim`, also where the folder of the scripts is not on the PATH."""

import os
import sys

from ._binary import find_binary

if __name__ == "__main__":
    binary = find_binary()
    os.execv(binary, [binary, *sys.argv[1:]])
