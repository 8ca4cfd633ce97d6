"""Orders to let a request fail."""

from __future__ import annotations

from typing import Any, Literal, Mapping, Optional, Union

Failure = Union[int, str, None]
Send = Optional[Literal["whole", "nothing", "half_head", "half_body"]]


def failure_order(
    failure: Failure,
    *,
    performed: bool,
    send: Send,
    delay: float | None,
    headers: Mapping[str, str] | None,
    body: Any,
) -> dict[str, Any]:
    """What becomes of a request, as the control API's `/answers` takes it."""
    has_answer = failure is not None or headers is not None or body is not None
    if send is None:
        # Without an answer, and without any other mishap, it is the answer that is missing.
        is_late = performed and delay is not None
        send = "whole" if has_answer or is_late else "nothing"
    elif not (has_answer or performed or send == "nothing"):
        raise ValueError(f"send={send!r} needs a failure or performed=True: there is no answer that could be sent")
    order: dict[str, Any] = {"send": send}
    if performed:
        order["perform"] = True
    if isinstance(failure, str):
        order["error"] = failure
    elif failure is not None:
        order["status"] = failure
    if headers is not None:
        order["headers"] = dict(headers)
    if body is not None:
        order["body_text" if isinstance(body, str) else "body"] = body
    if delay is not None:
        order["delay_seconds"] = delay
    return order
