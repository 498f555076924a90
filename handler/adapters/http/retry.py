"""Retries: for sources that are fetched as a whole, in one request or a few pages.

A fetch ends within its deadline, with a body or with an error that names the source and the URL.
"""

import asyncio
import random
from dataclasses import dataclass

from handler.adapters.http.client import BodyTooLarge, BoundedHttpClient, FetchError
from handler.adapters.network import DIRECT, Network
from handler.domain.errors import SourceError, SourceTooLarge
from handler.domain.json_memory import decoded_bytes, estimate_memory


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Limits of one fetch: seconds, and bytes of each response and of all responses together.

    `max_memory_bytes` is for what they take as text and as Python values.
    """

    total_seconds: float = 60.0
    read_timeout_seconds: float = 10.0
    max_attempts: int = 4
    initial_backoff_seconds: float = 0.5
    max_body_bytes: int = 32 * 1024 * 1024  # a list of 10,000 models has 17 MB
    max_memory_bytes: int = 256 * 1024 * 1024

    def backoff_seconds(self, attempt: int, retry_after: float) -> float:
        """Return the pause after the nth attempt: doubling, jittered, at least `retry_after`."""
        longest = self.initial_backoff_seconds * 2.0 ** (attempt - 1)
        return max(retry_after, random.uniform(0, longest))  # noqa: S311 - jitter


class RetryingClient:
    """An HTTP client for one fetch, which starts when the client is made."""

    def __init__(
        self, label: str, policy: RetryPolicy, api_key: str | None = None, network: Network = DIRECT
    ) -> None:
        """Take the name of the source, for errors."""
        self._label = label
        self._policy = policy
        self._received_bytes = 0
        self._memory_bytes = 0
        self._client = BoundedHttpClient(
            policy.total_seconds,
            policy.read_timeout_seconds,
            policy.max_body_bytes,
            api_key,
            network,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def get(self, url: str) -> bytes:
        """Return the body at a URL. Raises SourceError, naming the source and the URL."""
        for attempt in range(1, self._policy.max_attempts + 1):
            try:
                return self._check_total(await self._client.get(url), url)
            except FetchError as error:
                pause = self._policy.backoff_seconds(attempt, error.retry_after)
                is_last = not error.retryable or attempt == self._policy.max_attempts
                if is_last or pause >= self._client.remaining_seconds():
                    tries = "once" if attempt == 1 else f"{attempt} times"
                    message = f"{self._label} ({url}), tried {tries}: {error}"
                    is_large = isinstance(error, BodyTooLarge)
                    raise (SourceTooLarge if is_large else SourceError)(message) from error
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _check_total(self, body: bytes, url: str) -> bytes:
        source, policy = f"{self._label} ({url})", self._policy
        self._received_bytes += len(body)
        if self._received_bytes > policy.max_body_bytes:
            raise SourceTooLarge(
                f"{source}: all pages are larger than {policy.max_body_bytes:,} bytes"
            )
        self._memory_bytes += estimate_memory(body)
        needed = self._memory_bytes + decoded_bytes(body)
        if needed > policy.max_memory_bytes:
            raise SourceTooLarge(
                f"{source}: its values need {needed:,} bytes of memory, "
                f"over {policy.max_memory_bytes:,}"
            )
        return body
