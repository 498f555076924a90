import asyncio

import pytest

from handler.adapters.http.limits import RateLimiter
from tests.support.clocks import run_in_virtual_time

LATE = 100.0


def now() -> float:
    return asyncio.get_running_loop().time()


async def starts(limiter: RateLimiter, count: int, deadline: float = LATE) -> list[float]:
    """Return when each of so many requests may start, in seconds."""
    return [now() for _ in range(count) if await limiter.acquire(deadline)]


def test_requests_start_at_an_even_rate_the_first_at_once() -> None:
    async def main() -> list[float]:
        return await starts(RateLimiter(2.0), 4)

    assert run_in_virtual_time(main()) == pytest.approx([0.0, 0.5, 1.0, 1.5])


def test_unused_time_causes_no_burst() -> None:
    async def main() -> list[float]:
        limiter = RateLimiter(2.0)
        await starts(limiter, 1)
        await asyncio.sleep(10)
        return await starts(limiter, 3)

    assert run_in_virtual_time(main()) == pytest.approx([10.0, 10.5, 11.0])


def test_waiting_requests_share_the_rate() -> None:
    async def main() -> list[list[float]]:
        limiter = RateLimiter(2.0)
        return await asyncio.gather(*(starts(limiter, 1) for _ in range(3)))

    times = sorted(time for (time,) in run_in_virtual_time(main()))
    assert times == pytest.approx([0.0, 0.5, 1.0])


def test_the_longest_pause_counts_and_the_rate_stays() -> None:
    async def main() -> list[float]:
        limiter = RateLimiter(2.0)
        await starts(limiter, 1)
        limiter.pause(7.0)
        limiter.pause(3.0)
        return await starts(limiter, 2)

    assert run_in_virtual_time(main()) == pytest.approx([7.0, 7.5])


def test_a_pause_delays_requests_that_wait_already() -> None:
    async def main() -> list[float]:
        limiter = RateLimiter(2.0)
        waiting = asyncio.create_task(starts(limiter, 2))
        await asyncio.sleep(0.25)
        limiter.pause(7.0)
        return await waiting

    assert run_in_virtual_time(main()) == pytest.approx([0.0, 7.25])


def test_a_pause_during_a_pause_extends_it() -> None:
    async def main() -> list[float]:
        limiter = RateLimiter(2.0)
        limiter.pause(1.0)
        waiting = asyncio.create_task(starts(limiter, 1))
        await asyncio.sleep(0.5)
        limiter.pause(7.0)
        return await waiting

    assert run_in_virtual_time(main()) == pytest.approx([7.5])


def test_a_pause_past_the_deadline_is_not_waited_for() -> None:
    async def main() -> tuple[list[float], float]:
        limiter = RateLimiter(2.0)
        limiter.pause(50.0)
        return await starts(limiter, 1, deadline=50.0), now()

    assert run_in_virtual_time(main()) == ([], 0.0)


def test_a_pause_past_the_deadline_reaches_waiting_requests() -> None:
    async def main() -> tuple[list[float], float]:
        limiter = RateLimiter(2.0)
        waiting = asyncio.create_task(starts(limiter, 2, deadline=50.0))
        await asyncio.sleep(0.25)
        limiter.pause(50.0)
        return await waiting, now()

    assert run_in_virtual_time(main()) == ([0.0], 0.5)


def test_a_turn_after_the_deadline_does_not_come() -> None:
    async def main() -> tuple[list[float], float]:
        limiter = RateLimiter(0.1)
        return await starts(limiter, 2, deadline=9.0), now()

    assert run_in_virtual_time(main()) == ([0.0], 9.0)


def test_no_request_starts_at_the_deadline() -> None:
    async def main() -> list[float]:
        return await starts(RateLimiter(2.0), 1, deadline=0.0)

    assert run_in_virtual_time(main()) == []
