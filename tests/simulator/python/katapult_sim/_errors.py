from __future__ import annotations


class SimulatorError(RuntimeError):
    """The simulator is missing, has ended, or refuses an order."""

    status: int | None
    """The HTTP status with which it refused an order; None for any other problem."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
