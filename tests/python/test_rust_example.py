"""core/examples/lifecycle.rs, run against the simulator. `cargo test` builds it."""

import os
import subprocess

from places import RUST_EXAMPLE, built


def test_the_life_of_a_disk(sim):
    about = sim.about
    environment = {
        **os.environ,
        "KATAPULT_API_URL": about["katapult_url"],
        "KATAPULT_API_TOKEN": about["api_token"],
        "KATAPULT_ORGANIZATION": about["organization"],
        "KATAPULT_DATA_CENTER": about["data_center"],
        "KATAPULT_VIRTUAL_MACHINE": about["virtual_machine"]["fqdn"],
        "OS_ENDPOINT": about["openstack_url"],
        "OS_TOKEN": about["openstack_token"],
        "OS_PROJECT_ID": about["project_id"],
        "OS_SERVER_ID": about["server_id"],
        "OS_VOLUME_ID": about["volume_id"],
    }
    ran = subprocess.run([built(RUST_EXAMPLE)], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    steps = [line.split()[0] for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert steps == ["create", "get", "update", "detach", "unassign", "grow", "delete", "detach"], ran.stdout
    assert "is gone for good" in ran.stdout
