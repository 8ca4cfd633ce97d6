"""core/examples/lifecycle.rs, run against the simulator. `cargo test` builds it."""

import os
import subprocess

from places import RUST_EXAMPLE, built


def test_the_life_of_a_disk(sim):
    environment = {**os.environ, **sim.about["environment"]}
    ran = subprocess.run([built(RUST_EXAMPLE)], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    steps = [line.split()[0] for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert steps == ["create", "get", "update", "detach", "unassign", "grow", "delete", "detach"], ran.stdout
    assert "is gone for good" in ran.stdout
