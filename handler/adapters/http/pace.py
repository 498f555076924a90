"""How fast a source is asked, whoever asks."""

from collections.abc import Callable
from threading import Lock

from handler.adapters.http.deadline import Remaining


class Pace:
    """Turns at an even rate, which any thread can put off for all."""

    def __init__(
        self, per_second: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        """Take the most turns a second; `math.inf` is as fast as they are taken."""
        self._interval = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._lock = Lock()

    def turn(self, remaining: Remaining) -> bool:
        """Wait for the next turn; return at once, and False, where it is past the time left."""
        while (wait := self._taken()) > 0:
            if wait >= remaining():
                return False
            self._sleep(wait)
        return remaining() > 0

    def hold(self, seconds: float) -> None:
        """Let no turn begin for so many seconds from now."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)

    def _taken(self) -> float:
        """Take the turn if it has come; return the seconds until then, 0 where it is taken."""
        with self._lock:
            now = self._clock()
            if now < self._next:
                return self._next - now
            self._next = now + self._interval
            return 0.0
