"""A fleet that another thread closes, as those that stop a worker do."""

import threading
import time

import katapult_disk
import pytest


@pytest.fixture
def client(sim):
    where = {"organization": sim.about["organization"], "data_center": sim.about["data_center"]}
    with katapult_disk.Client(**sim.katapult(**where)) as client:
        yield client


@pytest.mark.parametrize("milliseconds", [0, 5, 20, 40])
def test_who_takes_results_learns_of_a_close_at_any_time(client, sim, milliseconds):
    """Also while it does something with a result, and asks for the next one while the other thread still closes."""
    sim.latency(0.03)
    specs = [{"name": f"data-{number:05}", "size_in_gb": 20} for number in range(300)]
    with client.create_disks(specs, threads=64) as run:
        next(run)
        closing = threading.Timer(milliseconds / 1000, run.close)
        closing.start()
        end = time.monotonic() + 10
        try:
            while next(run, None) is not None:
                assert time.monotonic() < end
                time.sleep(0.004)
        except katapult_disk.Interrupted as error:
            assert error.detail["counts"]["pending"] == 0
        counts = run.counts
        closing.join()
    assert counts == run.counts and counts.pending == 0 and sum(counts.to_dict().values()) == 300
    assert counts.unknown == len(run.unfinished)


def test_who_takes_results_is_told_of_a_close_between_two_of_them(client):
    """The end of an iteration would look as if all were there."""
    specs = [{"name": f"data-{number:05}", "size_in_gb": 20} for number in range(300)]
    with client.create_disks(specs) as run:
        next(run)
        closing = threading.Thread(target=run.close)
        closing.start()
        closing.join()
        with pytest.raises(katapult_disk.Interrupted) as raised:
            next(run)
        assert raised.value.detail["counts"] == run.counts.to_dict()
        assert [disk["name"] for disk in raised.value.detail["unfinished"]] == [it.name for it in run.unfinished]
        assert next(run, None) is None


def test_who_closes_is_told_nothing(client):
    run = client.create_disks([{"name": "data", "size_in_gb": 20}, {"name": "data-2", "size_in_gb": 20}])
    next(run)
    run.close()
    assert next(run, None) is None
