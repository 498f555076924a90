import math
from collections.abc import Callable

from handler.adapters.http.deadline import Deadline
from handler.adapters.http.pace import Pace
from tests.support.clocks import SleepingClock


def turns(pace: Pace, clock: SleepingClock, count: int, total_seconds: float = 100) -> list[float]:
    """Take turns; return when each came."""
    remaining: Callable[[], float] = Deadline(total_seconds, clock.now).remaining
    return [clock.now() for _ in range(count) if pace.turn(remaining)]


def test_turns_come_at_an_even_rate_the_first_at_once() -> None:
    clock = SleepingClock()

    assert turns(Pace(2.0, clock.now, clock.sleep), clock, 4) == [0.0, 0.5, 1.0, 1.5]


def test_time_that_passed_unused_is_not_made_up_for() -> None:
    clock = SleepingClock()
    pace = Pace(2.0, clock.now, clock.sleep)
    clock.seconds = 10.0

    assert turns(pace, clock, 3) == [10.0, 10.5, 11.0]


def test_without_a_limit_nobody_waits() -> None:
    clock = SleepingClock()

    assert turns(Pace(math.inf, clock.now, clock.sleep), clock, 3) == [0.0, 0.0, 0.0]
    assert clock.sleeps == []


def test_a_hold_puts_off_the_next_turn_and_keeps_the_rate() -> None:
    clock = SleepingClock()
    pace = Pace(2.0, clock.now, clock.sleep)
    turns(pace, clock, 1)
    pace.hold(7.0)
    pace.hold(3.0)

    assert turns(pace, clock, 2) == [7.0, 7.5]


def test_a_hold_reaches_whoever_waits_already() -> None:
    clock = SleepingClock()

    def sleep(seconds: float) -> None:
        if not clock.sleeps:
            pace.hold(7.0)
        clock.sleep(seconds)

    pace = Pace(2.0, clock.now, sleep)

    assert turns(pace, clock, 2) == [0.0, 7.0]


def test_a_turn_past_the_time_left_is_refused_at_once() -> None:
    clock = SleepingClock()
    pace = Pace(2.0, clock.now, clock.sleep)
    pace.hold(50.0)

    assert turns(pace, clock, 1, total_seconds=50) == []
    assert clock.sleeps == []


def test_no_turn_comes_when_no_time_is_left() -> None:
    clock = SleepingClock()

    assert turns(Pace(2.0, clock.now, clock.sleep), clock, 1, total_seconds=0) == []
