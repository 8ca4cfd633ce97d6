"""What the whole stories expect of each call."""

import time


def value(outcome):
    assert outcome.error is None, outcome.error
    return outcome.value


def fails(outcome, status, certain):
    assert outcome.error is not None, f"should have failed, gave {outcome.value}"
    assert (outcome.error["status"], outcome.error["outcome"]) == (status, certain), outcome.error
    return outcome.error


def completes(call, started):
    """Waits for the task of an answer."""
    assert started["task"]["status"] == "pending"
    task = value(call("wait_task", task_id=started["task"]["id"], timeout=20))
    assert (task["id"], task["status"]) == (started["task"]["id"], "completed")


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.01)
