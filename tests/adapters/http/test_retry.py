import asyncio
import json
import time
from contextlib import aclosing
from dataclasses import replace

import pytest

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.domain.errors import SourceError, SourceTooLarge
from tests.support.servers.upstream import Upstream, answers, json_body, status, too_many_requests

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


@pytest.mark.promise("P14", "answers for which there is no memory")
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": "x" * 20_000}, "larger than 10,000 bytes"),
        ([{"a": {"b": {}}}] * 500, "its values need [0-9,]+ bytes of memory, over 50,000"),
        (["x" * 9_000 + "\U0001f600"], "its values need [0-9,]+ bytes of memory, over 50,000"),
    ],
    ids=["bytes", "objects", "wide text"],
)
def test_an_answer_too_large_for_memory_is_refused(value: object, message: str) -> None:
    body = json.dumps(value, ensure_ascii=False).encode()
    policy = replace(POLICY, max_body_bytes=10_000, max_memory_bytes=50_000)

    with Upstream(answers(200, body)) as server:
        with pytest.raises(SourceTooLarge, match=message):
            get(server.url, policy)
        assert len(server.requests) == 1
