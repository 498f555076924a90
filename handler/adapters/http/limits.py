"""Limits of a batch of many small requests, and the rate at which they start."""

import asyncio
from dataclasses import dataclass

from aiolimiter import AsyncLimiter


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """Limits of one batch of requests. Times are in seconds, sizes in bytes of inflated JSON.

    An item that fails is tried `max_attempts` times. After `max_consecutive_failures` the source
    counts as down; it also does if it knows none of so many items. `default_pause_seconds` is how
    long all requests wait after a 429 without a Retry-After. `max_memory_bytes` is for all
    answers as Python values.
    """

    total_seconds: float = 300.0
    max_requests: int = 600
    concurrency: int = 8
    requests_per_second: float = 2.0
    read_timeout_seconds: float = 10.0
    max_attempts: int = 2
    max_consecutive_failures: int = 10
    default_pause_seconds: float = 5.0
    max_body_bytes: int = 256 * 1024
    max_total_bytes: int = 16 * 1024 * 1024
    max_memory_bytes: int = 256 * 1024 * 1024


class RateLimiter:
    """Lets requests start at an even rate. A pause delays all that have not started."""

    def __init__(self, requests_per_second: float) -> None:
        # A bucket of one: a larger one would let a burst through after a pause.
        self._limiter = AsyncLimiter(1, 1 / requests_per_second)
        self._paused_until = 0.0

    def pause(self, seconds: float) -> None:
        """Let no request start for so many seconds from now."""
        now = asyncio.get_running_loop().time()
        self._paused_until = max(self._paused_until, now + seconds)

    async def acquire(self, deadline: float) -> bool:
        """Wait until a request may start; return False if that is not before the deadline.

        The deadline is in the event loop's time. A pause that lasts until then is not waited for.
        """
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout_at(deadline):
                while self._paused_until < deadline:
                    await asyncio.sleep(max(0.0, self._paused_until - now()))
                    await self._limiter.acquire()
                    if self._paused_until <= now():
                        return now() < deadline
        except TimeoutError:
            pass
        return False
