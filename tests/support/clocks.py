"""Time that passes only by sleeping."""


class SleepingClock:
    """A clock in seconds, the sleep that goes with it, and how long each sleep was."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds
