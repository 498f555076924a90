import asyncio
import time
from contextlib import aclosing
from dataclasses import replace

import pytest

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.domain.errors import SourceError
from tests.support.servers.upstream import Upstream, json_body, status, too_many_requests

POLICY = RetryPolicy(initial_backoff_seconds=0.01)


def get(url: str, policy: RetryPolicy = POLICY) -> bytes:
    async def get_one() -> bytes:
        async with aclosing(RetryingClient("Source", policy)) as client:
            return await client.get(url)

    return asyncio.run(get_one())


def test_a_requested_pause_is_waited_for() -> None:
    with Upstream(too_many_requests(1), json_body([])) as server:
        started = time.monotonic()

        assert get(server.url) == b"[]"
        assert time.monotonic() - started >= 1.0


def test_a_pause_past_the_deadline_ends_the_fetch() -> None:
    with Upstream(too_many_requests(60)) as server:
        with pytest.raises(SourceError, match="tried once: answered 429"):
            get(server.url, replace(POLICY, total_seconds=60))

        assert len(server.requests) == 1


def test_an_error_names_the_source_the_url_and_the_attempts() -> None:
    with Upstream(status(503)) as server, pytest.raises(SourceError) as raised:
        get(server.url)

    assert str(raised.value) == f"Source ({server.url}), tried 4 times: answered 503 Upstream"


def test_pauses_are_random_below_a_bound_that_doubles() -> None:
    policy = RetryPolicy(initial_backoff_seconds=10)

    for attempt, bound in enumerate([10.0, 20.0, 40.0, 80.0], 1):
        pauses = {policy.backoff_seconds(attempt, retry_after=0) for _ in range(100)}
        assert len(pauses) > 50
        assert 0 <= min(pauses) < bound / 2 < max(pauses) <= bound


def test_a_pause_is_no_shorter_than_requested() -> None:
    assert POLICY.backoff_seconds(1, retry_after=7) == 7
    assert RetryPolicy(initial_backoff_seconds=100).backoff_seconds(1, retry_after=1) >= 1
