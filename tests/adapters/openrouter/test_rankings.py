import gzip
import json
import time
from typing import Any

import pytest

from handler.adapters.http.retry import RetryPolicy
from handler.adapters.openrouter.rankings import LABEL, RANKINGS_PATH, OpenRouterRankings
from handler.domain.errors import InvalidJson, SourceError
from handler.ports import FetchedDataset
from tests.support.retry_policies import BRIEF, IMPATIENT, POLICY
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    answers,
    drip,
    gzip_bomb,
    half_a_body,
    half_a_closed_body,
    html,
    huge,
    json_body,
    nothing,
    redirect,
    refuses,
    status,
    too_many_requests,
)

MAX_SECONDS = 30.0
AS_OF = "2026-08-22T02:00:00Z"
ROWS = [
    {"date": "2026-08-21", "model_permaslug": "acme/one-20260101", "total_tokens": "12345678"},
    {"date": "2026-08-21", "model_permaslug": "other", "total_tokens": "4321098"},
]
META = {"as_of": AS_OF, "start_date": "2026-07-22", "end_date": "2026-08-21", "version": "v1"}
ANSWER: dict[str, Any] = {"data": ROWS, "meta": META}


def source(server: Upstream, policy: RetryPolicy = POLICY) -> OpenRouterRankings:
    return OpenRouterRankings(f"{server.url}/rankings", policy, lambda: "secret-key")


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
def test_rows_come_with_the_time_to_cite(compressed: bool) -> None:
    body = json.dumps(ANSWER).encode()
    packed = answers(200, gzip.compress(body), {"Content-Encoding": "gzip"})
    with Upstream(packed if compressed else answers(200, body)) as server:
        assert source(server).fetch() == FetchedDataset(
            ROWS, LABEL, f"{server.url}/rankings", body, AS_OF
        )
        request = server.requests[0]

    assert (request.path, request.headers["authorization"]) == ("/rankings", "Bearer secret-key")
    assert RANKINGS_PATH == "/datasets/rankings-daily"


def test_a_transient_failure_is_retried() -> None:
    with Upstream(status(503), json_body(ANSWER)) as server:
        assert source(server).fetch().records == ROWS


@pytest.mark.parametrize(
    ("behaviour", "policy", "message"),
    [
        (status(401), POLICY, "tried once: answered 401"),
        (status(404), POLICY, "tried once: answered 404"),
        (status(500), POLICY, "tried 3 times: answered 500"),
        (too_many_requests(3_600), POLICY, "tried once: answered 429"),
        (redirect("http://127.0.0.1:1/"), POLICY, "tried once: answered 302"),
        (nothing(), IMPATIENT, "tried 3 times: ReadTimeout"),
        (refuses(), POLICY, "tried 3 times: ReadError"),
        (half_a_body(), POLICY, "RemoteProtocolError"),
        (half_a_closed_body(), POLICY, "not valid JSON"),
        (html(), POLICY, "not valid JSON"),
        (huge(200_000_000), POLICY, "larger than 5,000,000 bytes"),
        (gzip_bomb(200_000_000), POLICY, "larger than 5,000,000 bytes"),
        (drip(0.05), BRIEF, "not complete within 2 seconds"),
        (json_body([]), POLICY, "holds no rows under 'data'"),
        (json_body({**ANSWER, "data": []}), POLICY, "holds no rows under 'data'"),
        (json_body({"data": ROWS}), POLICY, "cannot be cited"),
        (json_body({"data": ROWS, "meta": {"as_of": 7}}), POLICY, "cannot be cited"),
        (json_body({"data": ROWS, "meta": {"as_of": "x" * 1_000}}), POLICY, "cannot be cited"),
    ],
    ids=[
        "401",
        "404",
        "500",
        "429 for an hour",
        "redirect",
        "silence",
        "reset",
        "half a body",
        "a body cut without a trace",
        "a page",
        "200 MB",
        "a bomb",
        "a drip",
        "a list",
        "no rows",
        "no meta",
        "as of a number",
        "as of a novel",
    ],
)
def test_a_bad_upstream_is_named_in_bounded_time(
    behaviour: Behaviour, policy: RetryPolicy, message: str
) -> None:
    started = time.monotonic()
    with (
        Upstream(behaviour) as server,
        pytest.raises((SourceError, InvalidJson), match=message) as raised,
    ):
        source(server, policy).fetch()

    assert str(raised.value).startswith(f"{LABEL} ({server.url}/rankings)")
    assert "secret-key" not in str(raised.value)
    assert time.monotonic() - started < MAX_SECONDS
