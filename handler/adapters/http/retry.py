"""Patient fetching, which all sources that come as a whole share.

A fetch asks one or several addresses of a source, again where that may help, and ends within its
deadline with a body or with a sentence that names the source and the address.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from handler.adapters.http.client import BoundedHttpClient, FetchError
from handler.adapters.http.deadline import Deadline
from handler.domain.errors import SourceError


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long and how much a fetch may take. Times in seconds, sizes in bytes.

    `max_body_bytes` is that of one answer, and of all answers together.
    """

    total_seconds: float = 60.0
    read_timeout_seconds: float = 10.0
    max_attempts: int = 4
    initial_backoff_seconds: float = 0.5
    max_body_bytes: int = 64 * 1024 * 1024


class RetryingClient:
    """One fetch, which begins when it is made; its connections are kept until it is left."""

    def __init__(
        self,
        label: str,
        patience: RetryPolicy,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        api_key: str | None = None,
    ) -> None:
        """Take a clock in seconds that never goes back, and the sleep that goes with it."""
        self._label = label
        self._patience = patience
        self._sleep = sleep
        self._received = 0
        self._deadline = Deadline(patience.total_seconds, clock)
        silence, largest = patience.read_timeout_seconds, patience.max_body_bytes
        self._client = BoundedHttpClient(self._deadline, silence, largest, api_key)

    def __enter__(self) -> Self:
        self._client.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.__exit__(kind, error, trace)

    def get(self, url: str) -> bytes:
        """Return the body at an address. Raises SourceError, naming it and the source."""
        for attempt in range(1, self._patience.max_attempts + 1):
            try:
                return self._counted(self._client.get(url), url)
            except FetchError as failure:
                pause = self._pause(attempt, failure)
                last = failure.final or attempt == self._patience.max_attempts
                if last or pause >= self._deadline.remaining():
                    tries = "once" if attempt == 1 else f"{attempt} times"
                    message = f"{self._label} ({url}), tried {tries}: {failure}"
                    raise SourceError(message) from failure
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _counted(self, body: bytes, url: str) -> bytes:
        self._received += len(body)
        most = self._patience.max_body_bytes
        if self._received > most:
            raise SourceError(f"{self._label} ({url}): all pages are larger than {most:,} bytes")
        return body

    def _pause(self, attempt: int, failure: FetchError) -> float:
        """Return the seconds to wait: full jitter, doubling, no less than was asked for."""
        longest = self._patience.initial_backoff_seconds * 2.0 ** (attempt - 1)
        return max(failure.retry_after, random.uniform(0, longest))  # noqa: S311 - jitter
