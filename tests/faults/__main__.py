"""The fault matrix: every operation, every fault, every face. See docs/reliability.md.

    python tests/faults                         all of it, and the section of docs/reliability.md
    python tests/faults --short                 five operations, for CI
    python tests/faults --fault idle_close --operation get_disk --face c

The library is that of CARGO_TARGET_DIR and, for Python, of PYTHONPATH.
"""

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "python"), str(TESTS)]


def arguments():
    parser = argparse.ArgumentParser(prog="tests/faults", description="Runs the fault matrix.")
    parser.add_argument("--short", action="store_true", help="five operations instead of all")
    parser.add_argument("--fault", action="append", help="only this one; may be repeated, as the next two")
    parser.add_argument("--operation", action="append")
    parser.add_argument("--face", action="append", choices=["python", "c", "rust"])
    parser.add_argument("--workers", type=int, default=12, help="how many cells at once (default 12)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--with-names", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    given = arguments()
    if given.worker:
        import worker

        worker.work(given.with_names)
        return 0
    import matrix

    return matrix.run(given)


if __name__ == "__main__":
    sys.exit(main())
