"""Ctrl-C and SIGTERM, which end the commands that run until then."""

import signal
from types import FrameType


class StopSignals:
    """Raises KeyboardInterrupt in whatever runs when a signal comes, and keeps that it came.

    Python drops an exception that is raised in the callback of a weak reference, as one runs after
    each import. `check` raises it where it was dropped.
    """

    def __init__(self) -> None:
        self._came = False

    def listen(self) -> None:
        """Handle both signals. A shell starts background processes with SIGINT ignored."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._interrupt)

    def check(self) -> None:
        """Raise KeyboardInterrupt if a signal has come."""
        if self._came:
            raise KeyboardInterrupt

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        self._came = True
        raise KeyboardInterrupt
