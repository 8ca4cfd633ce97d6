"""The class `Simulator`."""

from __future__ import annotations

import http.client
import os
from types import TracebackType
from typing import Any, Mapping, Sequence, TypeVar

from ._addresses import Addresses
from ._binary import find_binary
from ._control import Control
from ._errors import SimulatorError
from ._failures import Failure, Send, failure_order
from ._options import Option, arguments
from ._process import Process
from ._request import Request

# typing.Self needs Python 3.11.
_Self = TypeVar("_Self", bound="Simulator")


class Simulator(Addresses):
    """A running simulator of Katapult's disk API and of OpenStack's Keystone and Nova.

    ```python
    with Simulator(task_seconds=0) as simulator:
        simulator.fail_next("service_unavailable", method="POST", path="/disks")
        my_program(simulator.url, simulator.api_token)
        assert simulator.requests[0].status == 503
    ```

    It serves from the constructor on, until `close()` or the end of the `with`, and ends with this process at the latest. The
    arguments are the options of the program (`katapult-sim --help`); those that are None have its defaults.

    Args:
        task_seconds: how long a task takes.
        rate_limit: how many requests are permitted per minute.
        minute_seconds: how many seconds such a minute has.
        port: the port to listen on; any free one by default.
        host: the address to listen on.
        allow_remote: the host may be another one than a loopback address: whoever reaches it can read all tokens.
        allow_host: names by which clients reach it, beside localhost and addresses.
        control_token: the token for orders; a random one by default.
        public_url: where clients reach it, if not at its own address.
        seed: with the same number, all ids and chances are the same in each run.
        state: a file with Katapult's objects, to begin with them and to keep them there.
        log: a line in `Simulator.log` for each request.
        binary: the program; by default `find_binary()`.
        more: any other option of the program: `some_name=1` is `--some-name=1`.

    Raises SimulatorError if the program is missing or ends at once.
    """

    def __init__(
        self,
        *,
        task_seconds: float | None = None,
        rate_limit: int | None = None,
        minute_seconds: int | None = None,
        port: int | None = None,
        host: str | None = None,
        allow_remote: bool = False,
        allow_host: Sequence[str] = (),
        control_token: str | None = None,
        public_url: str | None = None,
        seed: int | None = None,
        state: str | os.PathLike[str] | None = None,
        log: bool = False,
        binary: str | None = None,
        **more: Option,
    ) -> None:
        named: dict[str, Option] = {
            "task_seconds": task_seconds,
            "rate_limit": rate_limit,
            "minute_seconds": minute_seconds,
            "port": port,
            "host": host,
            "allow_remote": allow_remote,
            "allow_host": allow_host,
            "control_token": control_token,
            "public_url": public_url,
            "seed": seed,
            "state": None if state is None else os.fspath(state),
            "log": log,
        }
        self._process = Process(binary or find_binary(), arguments({**named, **more}))
        super().__init__(self._process.description)
        self._control = Control(self.control_url, self.description.get("control_token"))

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<katapult_sim.Simulator at {self.url}>"

    def close(self) -> None:
        """Ends the simulator. May be called again; after a fork only the process that started it can end it."""
        self._process.close()

    @property
    def log(self) -> str:
        """What the simulator has written to its standard error output."""
        return self._process.log()

    def order(self, method: str, path: str, body: Any = None) -> Any:
        """Gives an order of the control API, such as `order("POST", "/large_set", {"on": True})`; returns what it answers.

        Raises SimulatorError, with the `status`, if the order is refused.
        """
        try:
            return self._control.order(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            raise SimulatorError(self._process.ended() or f"{method} {path}: {error}") from error

    def reset(self, *, empty: bool = False) -> None:
        """Makes everything as it was at the start, with the same ids; or empty, without disks, machines and volumes of Katapult.

        The log of requests, failures in store, the clock and the rate limit begin anew, too.
        """
        self.order("POST", "/reset", {"empty": empty})

    def advance(self, seconds: float) -> float:
        """Moves the simulator's clock on, so that what is due by then happens: tasks end, the trash is emptied.

        Returns the new time, in seconds since the Unix epoch.
        """
        return float(self.order("POST", "/clock", {"advance_seconds": seconds})["clock"])

    def stop_clock(self, stopped: bool = True) -> None:
        """Stops the simulator's clock, so that only `advance()` moves it; or lets it run again."""
        self.order("POST", "/clock", {"stopped": stopped})

    @property
    def requests(self) -> list[Request]:
        """The requests to the services since the start, the last `reset()` or `clear_requests()`, in their order."""
        return [Request._of(logged) for logged in self.order("GET", "/requests")]

    def clear_requests(self) -> None:
        """Forgets the requests that were seen so far."""
        self.order("DELETE", "/requests")

    def fail_next(
        self,
        failure: Failure = None,
        *,
        method: str | None = None,
        path: str | None = None,
        id: str | None = None,
        service: str | None = None,
        kind: str | None = None,
        nth: int | None = None,
        probability: float | None = None,
        times: int | None = 1,
        performed: bool = False,
        send: Send = None,
        delay: float | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> None:
        """Makes the next request fail, or the next one that fits.

        ```python
        simulator.fail_next("rate_limit_reached")                   # the API's error, whatever is asked
        simulator.fail_next(502, body="<html>", times=3)            # three answers of a broken proxy
        simulator.fail_next(method="POST", performed=True)          # it is done, and its answer gets lost
        simulator.fail_next(performed=True, send="half_body")       # it is done, and its answer breaks off
        simulator.fail_next(performed=True, delay=5)                # it is done, and answered 5 s later
        simulator.fail_next(id="disk_x", nth=2)                     # the second about this disk is lost on the way
        simulator.fail_next(503, kind="read", probability=0.1, times=None)      # every tenth read, until clear_failures()
        ```

        Args:
            failure: an HTTP status, or a code of Katapult's errors; None: the connection ends without an answer.
            method: only a request with this method.
            path: only a request whose path ends so, such as "/disks/disk/attach".
            id: only a request that has this id in its query or body.
            service: only a request to "katapult", "nova", "cinder" or "keystone".
            kind: only a "read" or a "write", or an operation such as "PUT /disks/disk/resize".
            nth: not the first that fits, but this one; 2 is the second.
            probability: one in so many of those that fit otherwise, such as 0.1; with a `seed` the same ones in each run.
            times: how many requests fail; None: all, until `clear_failures()`.
            performed: the request is done all the same.
            send: how much of the answer is sent before the connection is closed: "whole", "nothing", "half_head", "half_body".
            delay: how many seconds the answer is late.
            headers: headers of the answer.
            body: the answer's body: a text as it is, anything else as JSON.
        """
        order = failure_order(failure, performed=performed, send=send, delay=delay, headers=headers, body=body)
        aim = {
            "method": method,
            "path": path,
            "id": id,
            "service": service,
            "kind": kind,
            "nth": nth,
            "probability": probability,
        }
        order.update((name, value) for name, value in aim.items() if value is not None)
        order["times"] = times
        self.order("POST", "/answers", order)

    def clear_failures(self) -> int:
        """Drops the failures that have not happened; returns how many requests would still have failed."""
        return int(self.order("DELETE", "/answers")["left"])

    def next_task(
        self,
        *,
        seconds: float | None = None,
        wait_seconds: float | None = None,
        fail: bool | None = None,
        queueing_error: bool | None = None,
        no_effect: bool | None = None,
        lag_seconds: float | None = None,
    ) -> None:
        """Says how the next Katapult task goes.

        Args:
            seconds: how long it takes.
            wait_seconds: how much of that it is pending.
            fail: it fails.
            queueing_error: it cannot be queued: the request is answered with 406 `task_queueing_error`.
            no_effect: it completes and changes nothing.
            lag_seconds: how long after its end its effect shows.
        """
        how = {
            "seconds": seconds,
            "wait_seconds": wait_seconds,
            "fail": fail,
            "queueing_error": queueing_error,
            "no_effect": no_effect,
            "lag_seconds": lag_seconds,
        }
        self.order("POST", "/next_task", {name: value for name, value in how.items() if value is not None})

    def durations(self, **seconds: float | None) -> None:
        """Says how long tasks of a kind take from now on, such as `durations(resize_disk=5)`; None: as the options say."""
        self.order("POST", "/durations", seconds)

    def latency(self, seconds: float, *, before: bool = False) -> None:
        """Makes each answer of the services that much later; `before`: each request is performed that much later."""
        self.order("POST", "/latency", {"seconds": seconds, "before": before})

    def rate_limit(self, permitted: int, *, token: str | None = None) -> None:
        """Sets how many requests a minute are permitted, to all tokens or to this one, and counts anew."""
        self.order("POST", "/rate_limit", {"permitted": permitted, **({"token": token} if token else {})})

    @property
    def state(self) -> dict[str, Any]:
        """How many disks, tasks, machines and so on there are, and the time."""
        state: dict[str, Any] = self.order("GET", "/state")
        return state

    @property
    def objects(self) -> dict[str, Any]:
        """All of Katapult's objects, as `place()` takes them: `place(**objects)` brings them back after a `reset(empty=True)`."""
        objects: dict[str, Any] = self.order("GET", "/objects")
        return objects

    def place(self, **objects: Sequence[Mapping[str, Any]]) -> None:
        """Places objects with the fields that are given, or changes those that exist.

        ```python
        simulator.place(disks=[{"id": "disk_1", "name": "data", "size_in_gb": 20}])
        ```

        The names are those of the control API's `/objects`: `data_centers`, `io_profiles`, `disk_templates`, `virtual_machines`,
        `disks`, `disk_backup_policies`, `trash_objects`, `tasks`.
        """
        self.order("POST", "/objects", {name: list(placed) for name, placed in objects.items()})
