"""Every fault by name, each with what is expected of it."""

import breaks
import pages
import strangers
from expectations import EXPECTED

MADE = {fault.name: fault for fault in [*breaks.FAULTS, *pages.FAULTS, *strangers.FAULTS]}
assert set(MADE) == set(EXPECTED), f"a fault without expectation, or the reverse: {set(MADE) ^ set(EXPECTED)}"
# In the order of the expectations, which is the one for readers.
FAULTS = {name: MADE[name] for name in EXPECTED}
