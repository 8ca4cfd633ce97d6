"""Creates many disks, and goes on where it was ended: the same call again creates only what is missing.

    python fleet.py order-4711 100

The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER.
"""

import sys
from collections.abc import Iterator
from typing import Any

import katapult_disk


def specs(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"name": f"data-{number:05}", "size_in_gb": 20, "annotations": {"made-by": "fleet.py"}}


def main(fleet: str, count: int) -> None:
    with katapult_disk.Client() as client:
        # Ctrl-C ends it within 0.1 s.
        with client.create_disks(specs(count), fleet=fleet, progress=True) as run:
            for result in run:
                if result.error:
                    print(f"{result.name}: {result.error} (outcome: {result.outcome})")
        print(f"{run.counts.created} created, {run.counts.existed} existed, {run.counts.failed} failed")


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except katapult_disk.KatapultError as error:
        sys.exit(f"{type(error).__name__}: {error}")
