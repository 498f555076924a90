"""One batch of requests for endpoints: the order of its requests, and when it stops."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from handler.adapters.http.client import BoundedHttpClient, FetchError
from handler.adapters.http.limits import BatchLimits, RateLimiter
from handler.domain.errors import InvalidJson
from handler.domain.ingest.lenient_json import parse_json
from handler.domain.json_memory import estimate_memory
from handler.ports import EndpointBatch, EndpointResponse

LABEL = "OpenRouter endpoints"


class EndpointRequests:
    """Requests the endpoints of models, and retries those that failed after all others."""

    def __init__(
        self, url: str, limits: BatchLimits, client: BoundedHttpClient, model_ids: Iterable[str]
    ) -> None:
        """Take a URL with `{id}` in it, and a client with the time limits of this batch."""
        self._url = url
        self._limits = limits
        self._client = client
        self._rate = RateLimiter(limits.requests_per_second)
        self._turn = asyncio.Lock()
        self._responses: dict[str, EndpointResponse | None] = dict.fromkeys(model_ids)
        self._errors: dict[str, FetchError] = {}
        self._waiting = deque(self._responses)
        self._attempts = Counter[str]()
        self._consecutive_failures = 0
        self._received_bytes = 0
        self._memory_bytes = 0
        self._stop_reason: str | None = None

    async def run(self) -> EndpointBatch:
        """Return the responses, in the order of the models."""
        async with asyncio.TaskGroup() as workers:
            for _ in range(self._limits.concurrency):
                workers.create_task(self._work())
        self._reject_unknown_url()
        responses = filter(None, self._responses.values())
        return EndpointBatch(tuple(responses), tuple(self._error_messages()))

    async def _work(self) -> None:
        while model_id := await self._next_model():
            try:
                self._add(await self._request(model_id))
            except FetchError as error:
                self._add_error(model_id, error)

    async def _next_model(self) -> str | None:
        """Wait until a request may start, and return its model; None if no more will start."""
        # Only one worker at a time waits for the rate. The others then see at once that it is over.
        async with self._turn:
            deadline = self._client.deadline
            if self._is_open() and await self._rate.acquire(deadline) and self._is_open():
                model_id = self._waiting.popleft()
                self._attempts[model_id] += 1
                return model_id
        return None

    def _is_open(self) -> bool:
        is_within_limit = self._attempts.total() < self._limits.max_requests
        return bool(self._waiting) and is_within_limit and self._stop_reason is None

    async def _request(self, model_id: str) -> EndpointResponse:
        try:
            body = await self._client.get(self._model_url(model_id))
            return EndpointResponse(model_id, _parse_record(body), body)
        except FetchError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return EndpointResponse(model_id, None, b"")
            if error.status == HTTPStatus.TOO_MANY_REQUESTS or error.retry_after:
                self._rate.pause(error.retry_after or self._limits.default_pause_seconds)
            raise

    def _add(self, response: EndpointResponse) -> None:
        self._responses[response.model_id] = response
        self._errors.pop(response.model_id, None)
        self._consecutive_failures = 0
        self._received_bytes += len(response.body)
        if self._received_bytes > self._limits.max_total_bytes:
            self._stop_reason = f"more than {self._limits.max_total_bytes:,} bytes in all"
        self._memory_bytes += estimate_memory(response.body)
        if self._memory_bytes > self._limits.max_memory_bytes:
            self._stop_reason = f"more than {self._limits.max_memory_bytes:,} bytes of memory"

    def _add_error(self, model_id: str, error: FetchError) -> None:
        self._errors[model_id] = error
        self._consecutive_failures += 1
        if self._consecutive_failures >= self._limits.max_consecutive_failures:
            self._stop_reason = f"given up after {self._consecutive_failures} failures in a row"
        elif error.retryable and self._attempts[model_id] < self._limits.max_attempts:
            self._waiting.append(model_id)

    def _reject_unknown_url(self) -> None:
        """Drop all responses if none knows its model: so many models cannot all be gone."""
        responses = [response for response in self._responses.values() if response]
        is_known = any(response.record is not None for response in responses)
        if not is_known and len(responses) >= self._limits.max_consecutive_failures:
            self._responses.clear()
            self._stop_reason = f"knows none of {len(responses)} models"

    def _error_messages(self) -> Iterator[str]:
        for model_id, error in self._errors.items():
            yield f"{LABEL} ({self._model_url(model_id)}): {error}"
        if self._stop_reason:
            yield f"{LABEL} ({self._url}): {self._stop_reason}"

    def _model_url(self, model_id: str) -> str:
        return self._url.replace("{id}", quote(model_id, safe="/:"))


def _parse_record(body: bytes) -> Any:
    try:
        value = parse_json(body, "the answer")
    except InvalidJson as error:
        raise FetchError(str(error)) from error
    record = value.get("data") if isinstance(value, dict) else None
    if not isinstance(record, dict):
        raise FetchError("the answer holds no object under 'data'")
    return record
