"""OpenRouter's endpoints of a model: who serves it, at what price. One call a model, many calls.

A round of calls ends within its budget, whatever the other side does, and keeps what it found.

A variant (`author/slug:free`) is asked for by its own id only. Of the 25 answers about variants
that are stored from 2026-05, 17 list endpoints, and all of these are the base model's: its
`model_id`, its prices. Asking by the base id would show what the paid model costs on a free one's
page.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from handler.adapters.http.client import BoundedHttpClient, FetchError
from handler.adapters.http.deadline import Deadline
from handler.adapters.http.pace import Pace
from handler.adapters.http.rounds import Budget, Round
from handler.domain.errors import InvalidJson
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import EndpointBatch, EndpointResponse

LABEL = "OpenRouter endpoints"
ENDPOINTS_PATH = "/models/{id}/endpoints"

_HOLD_SECONDS = 5.0  # after a 429 that does not say for how long


class OpenRouterEndpoints:
    """The endpoints as served at a URL with `{id}` in it (see `ports.EndpointSource`)."""

    label = LABEL

    def __init__(
        self,
        url: str,
        budget: Budget,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        api_key: str | None = None,
    ) -> None:
        """Take a clock in seconds that never goes back, and the sleep that goes with it."""
        self.url = url
        self._budget = budget
        self._clock = clock
        self._sleep = sleep
        self._api_key = api_key

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return what is said of the models, the first ones first."""
        budget = self._budget
        deadline = Deadline(budget.seconds, self._clock)
        pace = Pace(budget.per_second, self._clock, self._sleep)
        connections = BoundedHttpClient(
            deadline, budget.read_timeout_seconds, budget.max_body_bytes, self._api_key
        )
        with connections as client, ThreadPoolExecutor(budget.concurrency) as threads:

            def call(model_id: str) -> Future[EndpointResponse | FetchError]:
                return threads.submit(self._answer, client, pace, model_id)

            calls = Round(model_ids, budget, call)
            while calls.wanted():
                if not pace.turn(deadline.remaining):
                    break
                calls.begin()
            calls.finish()
        return self._found(calls)

    def _address(self, model_id: str) -> str:
        return self.url.replace("{id}", quote(model_id, safe="/:"))

    def _answer(
        self, client: BoundedHttpClient, pace: Pace, model_id: str
    ) -> EndpointResponse | FetchError:
        try:
            body = client.get(self._address(model_id))
            return EndpointResponse(model_id, _record(body), body)
        except FetchError as failure:
            if failure.status == HTTPStatus.NOT_FOUND:
                return EndpointResponse(model_id, None, b"")
            if failure.status == HTTPStatus.TOO_MANY_REQUESTS or failure.retry_after:
                pace.hold(failure.retry_after or _HOLD_SECONDS)
            return failure
        except InvalidJson as error:
            return FetchError(str(error), final=True)

    def _found(self, calls: Round) -> EndpointBatch:
        failures = [
            f"{LABEL} ({self._address(model_id)}): {failure}"
            for model_id, failure in calls.failures.items()
        ]
        if calls.ended:
            failures.append(f"{LABEL} ({self.url}): {calls.ended}")
        return EndpointBatch(tuple(calls.found()), tuple(failures))


class EndpointsFile:
    """The endpoints as stored in a file, answers by model id (see `ports.EndpointSource`)."""

    label = LABEL

    def __init__(self, path: Path, asked: datetime) -> None:
        """Take when the answers were given."""
        self.url = path.name
        self._path = path
        self._asked = asked

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return what the file has of the models."""
        try:
            answers = parse_json(self._path.read_bytes(), str(self._path))
        except (OSError, InvalidJson) as error:
            return EndpointBatch((), (f"cannot read {self._path}: {error}",))
        known = answers if isinstance(answers, dict) else {}
        found = (self._details(i, known[i]) for i in model_ids if isinstance(known.get(i), dict))
        return EndpointBatch(tuple(found), ())

    def _details(self, model_id: str, answer: dict[str, Any]) -> EndpointResponse:
        body = json.dumps(answer, ensure_ascii=False).encode()
        return EndpointResponse(model_id, answer.get("data"), body, self._asked)


def _record(body: bytes) -> Any:
    value = parse_json(body, "the answer")
    record = value.get("data") if isinstance(value, dict) else None
    if not isinstance(record, dict):
        raise FetchError("the answer holds no object under 'data'", final=True)
    return record
