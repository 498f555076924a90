import gzip
import json
import time
from dataclasses import replace
from typing import Any

import pytest

from handler.adapters.http.limits import BatchLimits
from handler.adapters.openrouter.endpoints import ENDPOINTS_PATH, OpenRouterEndpoints
from handler.adapters.openrouter.models import API_URL
from handler.ports import EndpointBatch, EndpointResponse
from tests.support.servers.upstream import (
    Behaviour,
    Request,
    Upstream,
    after,
    answers,
    chosen,
    drip,
    gzip_bomb,
    half_a_body,
    half_a_closed_body,
    html,
    huge,
    in_turn,
    json_body,
    nothing,
    redirect,
    refuses,
    status,
    too_many_requests,
)

LIMITS = BatchLimits(
    total_seconds=60.0,
    max_requests=100,
    concurrency=4,
    requests_per_second=10_000,
    read_timeout_seconds=30.0,
    max_attempts=2,
    max_consecutive_failures=10,
    max_body_bytes=100_000,
)
IMPATIENT = replace(LIMITS, read_timeout_seconds=1.0)
BRIEF = replace(LIMITS, total_seconds=2.0)
IN_ORDER = replace(LIMITS, concurrency=1)
MAX_SECONDS = 30.0


def record(model_id: str) -> dict[str, Any]:
    return {"id": model_id, "endpoints": []}


def response(model_id: str) -> EndpointResponse:
    body = json.dumps({"data": record(model_id)}).encode()
    return EndpointResponse(model_id, record(model_id), body)


def model_id_in(request: Request) -> str:
    return request.path.removeprefix("/models/").removesuffix("/endpoints")


def respond(request: Request) -> Behaviour:
    return json_body({"data": record(model_id_in(request))})


KNOWN = chosen(respond)


def except_for(behaviours: dict[str, Behaviour]) -> Behaviour:
    """Return these behaviours by model; all other models have endpoints."""
    return chosen(lambda request: behaviours.get(model_id_in(request)) or respond(request))


def url_pattern(server: Upstream) -> str:
    return f"{server.url}/models/{{id}}/endpoints"


def source(server: Upstream, limits: BatchLimits = LIMITS) -> OpenRouterEndpoints:
    return OpenRouterEndpoints(url_pattern(server), limits, "secret-key")


def ids(count: int) -> list[str]:
    return [f"a/{n}" for n in range(count)]


def responses(*model_ids: str) -> tuple[EndpointResponse, ...]:
    return tuple(map(response, model_ids))


def test_responses_keep_the_order_of_the_models() -> None:
    late = except_for({"a/0": after(0.1, json_body({"data": record("a/0")}))})
    with Upstream(late) as server:
        assert source(server).fetch(ids(9)) == EndpointBatch(responses(*ids(9)), ())
        assert {r.headers["authorization"] for r in server.requests} == {"Bearer secret-key"}


@pytest.mark.parametrize(
    ("model_id", "path"),
    [
        ("acme/one:free", "/models/acme/one:free/endpoints"),
        ("~acme/one-latest", "/models/~acme/one-latest/endpoints"),
        ("acme/one?x=1#é", "/models/acme/one%3Fx%3D1%23%C3%A9/endpoints"),
    ],
    ids=["variant", "alias", "no id of ours"],
)
def test_an_id_is_quoted_in_the_path(model_id: str, path: str) -> None:
    with Upstream(json_body({"data": {}})) as server:
        source(server).fetch([model_id])

        assert [request.path for request in server.requests] == [path]


def test_the_url_pattern_is_published() -> None:
    source = OpenRouterEndpoints(f"{API_URL}{ENDPOINTS_PATH}", BatchLimits())

    assert (source.label, source.url) == (
        "OpenRouter endpoints",
        "https://openrouter.ai/api/v1/models/{id}/endpoints",
    )


def test_a_compressed_body_is_inflated() -> None:
    compressed = gzip.compress(response("a/0").body)
    with Upstream(answers(200, compressed, {"Content-Encoding": "gzip"})) as server:
        assert source(server).fetch(["a/0"]).responses == responses(*["a/0"])


def test_a_404_of_one_model_is_no_error() -> None:
    with Upstream(except_for({"a/one:free": status(404)})) as server:
        result = source(server).fetch(["a/one:free", "a/one"])

        assert result == EndpointBatch(
            (EndpointResponse("a/one:free", None, b""), response("a/one")), ()
        )
        assert len(server.requests) == 2


def test_404s_of_all_models_are_an_error() -> None:
    with Upstream(status(404)) as server:
        result = source(server).fetch(ids(10))

    failure = f"OpenRouter endpoints ({url_pattern(server)}): knows none of 10 models"
    assert result == EndpointBatch((), (failure,))


@pytest.mark.parametrize(
    ("behaviour", "limits", "message", "requests"),
    [
        (status(500), LIMITS, "answered 500", 2),
        (status(401), LIMITS, "answered 401", 1),
        (redirect("http://127.0.0.1:1/"), LIMITS, "answered 302", 1),
        (nothing(), IMPATIENT, "ReadTimeout", 2),
        (refuses(), LIMITS, "ReadError", 2),
        (half_a_body(), LIMITS, "RemoteProtocolError", 2),
        (half_a_closed_body(), LIMITS, "the answer is not valid JSON", 1),
        (html(), LIMITS, "the answer is not valid JSON", 1),
        (json_body([]), LIMITS, "no object under 'data'", 1),
        (json_body({"data": []}), LIMITS, "no object under 'data'", 1),
        (huge(100_000_000), LIMITS, "larger than 100,000 bytes", 1),
        (gzip_bomb(100_000_000), LIMITS, "larger than 100,000 bytes", 1),
        (drip(0.05), BRIEF, "not complete within 2 seconds", 1),
    ],
    ids=[
        "500",
        "401",
        "redirect",
        "silence",
        "reset",
        "half a body",
        "a body cut without a trace",
        "a page",
        "a list",
        "a list of endpoints alone",
        "100 MB",
        "a bomb",
        "a drip",
    ],
)
def test_a_bad_response_costs_its_own_model_only(
    behaviour: Behaviour, limits: BatchLimits, message: str, requests: int
) -> None:
    started = time.monotonic()
    with Upstream(except_for({"a/1": behaviour})) as server:
        result = source(server, limits).fetch(ids(6))
        tries = [model_id_in(request) for request in server.requests].count("a/1")

    assert result.responses == responses(*["a/0", "a/2", "a/3", "a/4", "a/5"])
    assert len(result.errors) == 1
    assert result.errors[0].startswith(f"OpenRouter endpoints ({server.url}/models/a/1/endpoints")
    assert message in result.errors[0]
    assert "secret-key" not in result.errors[0]
    assert tries == requests
    assert time.monotonic() - started < MAX_SECONDS


def test_a_failed_model_is_retried_after_the_others() -> None:
    once = in_turn(status(500), json_body({"data": record("a/0")}))
    with Upstream(except_for({"a/0": once})) as server:
        result = source(server, IN_ORDER).fetch(ids(3))

        assert result == EndpointBatch(responses(*ids(3)), ())
        assert [model_id_in(r) for r in server.requests] == ["a/0", "a/1", "a/2", "a/0"]


def test_consecutive_failures_end_the_batch() -> None:
    with Upstream(status(503)) as server:
        result = source(server, IN_ORDER).fetch(ids(50))

        assert result.responses == ()
        assert result.errors[-1].endswith(": given up after 10 failures in a row")
        assert len(result.errors) == 11
        assert len(server.requests) == 10


def test_scattered_failures_do_not_end_the_batch() -> None:
    bad = {f"a/{n}": status(401) for n in range(0, 40, 2)}
    with Upstream(except_for(bad)) as server:
        result = source(server, IN_ORDER).fetch(ids(40))

    assert (len(result.responses), len(result.errors)) == (20, 20)


@pytest.mark.parametrize(
    "behaviour", [drip(0.05), nothing(), after(0.2, KNOWN)], ids=["drip", "silence", "slowness"]
)
def test_a_batch_ends_at_its_deadline(behaviour: Behaviour) -> None:
    limits = replace(LIMITS, total_seconds=0.5, max_consecutive_failures=1_000)
    started = time.monotonic()
    with Upstream(behaviour) as server:
        result = source(server, limits).fetch(ids(100))

    assert time.monotonic() - started < MAX_SECONDS
    assert len(result.responses) + len(result.errors) <= 16


def test_a_missing_upstream_is_an_error() -> None:
    with Upstream(nothing()) as server:
        missing = source(server)

    assert "ConnectError" in missing.fetch(ids(1)).errors[0]


def test_the_number_of_requests_is_limited() -> None:
    with Upstream(KNOWN) as server:
        result = source(server, replace(LIMITS, max_requests=7)).fetch(ids(20))

        assert result == EndpointBatch(responses(*ids(7)), ())
        assert len(server.requests) == 7


def test_the_total_size_is_limited() -> None:
    with Upstream(KNOWN) as server:
        result = source(server, replace(IN_ORDER, max_total_bytes=100)).fetch(ids(20))

    message = f"OpenRouter endpoints ({url_pattern(server)}): more than 100 bytes in all"
    assert result == EndpointBatch(responses(*ids(3)), (message,))


def test_requests_keep_to_the_rate() -> None:
    with Upstream(KNOWN) as server:
        started = time.monotonic()
        result = source(server, replace(LIMITS, requests_per_second=20)).fetch(ids(5))

    assert result == EndpointBatch(responses(*ids(5)), ())
    assert time.monotonic() - started >= 4 / 20


@pytest.mark.parametrize(
    ("busy", "pause_seconds"),
    [(too_many_requests(1), 1.0), (too_many_requests(), 0.3)],
    ids=["as long as requested", "as long as we choose"],
)
def test_a_429_pauses_all_requests(busy: Behaviour, pause_seconds: float) -> None:
    limits = replace(IN_ORDER, default_pause_seconds=0.3)
    with Upstream(in_turn(busy, KNOWN)) as server:
        started = time.monotonic()
        result = source(server, limits).fetch(ids(3))

        assert [model_id_in(r) for r in server.requests] == ["a/0", "a/1", "a/2", "a/0"]
    assert result == EndpointBatch(responses(*ids(3)), ())
    assert time.monotonic() - started >= pause_seconds


def test_a_pause_past_the_deadline_ends_the_batch_at_once() -> None:
    started = time.monotonic()
    with Upstream(KNOWN, too_many_requests(3_600)) as server:
        result = source(server, IN_ORDER).fetch(ids(20))

        assert len(server.requests) == 2
    assert result.responses == responses("a/0")
    assert [error.endswith("answered 429 Upstream") for error in result.errors] == [True]
    assert time.monotonic() - started < MAX_SECONDS


def test_such_a_pause_ends_concurrent_requests_too() -> None:
    limits = replace(LIMITS, requests_per_second=5)
    started = time.monotonic()
    with Upstream(too_many_requests(3_600)) as server:
        result = source(server, limits).fetch(ids(20))

        assert len(server.requests) <= limits.concurrency
    assert result.responses == ()
    assert time.monotonic() - started < MAX_SECONDS


def test_a_batch_without_models_sends_no_request() -> None:
    with Upstream(KNOWN) as server:
        assert source(server).fetch([]) == EndpointBatch((), ())
        assert server.requests == []
