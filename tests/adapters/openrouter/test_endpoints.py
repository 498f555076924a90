import gzip
import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from handler.adapters.http.rounds import Budget
from handler.adapters.openrouter.endpoints import ENDPOINTS_PATH, OpenRouterEndpoints
from handler.adapters.openrouter.models import API_URL
from handler.ports import EndpointBatch, EndpointResponse
from tests.support.clocks import SleepingClock
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

HASTE = Budget(
    seconds=2.0,
    calls=100,
    concurrency=4,
    per_second=math.inf,
    read_timeout_seconds=0.3,
    attempts=2,
    failures_in_a_row=10,
    max_body_bytes=100_000,
)
IN_ORDER = replace(HASTE, concurrency=1)


def record(model_id: str) -> dict[str, Any]:
    return {"id": model_id, "endpoints": []}


def details(model_id: str) -> EndpointResponse:
    body = json.dumps({"data": record(model_id)}).encode()
    return EndpointResponse(model_id, record(model_id), body)


def asked_for(request: Request) -> str:
    return request.path.removeprefix("/models/").removesuffix("/endpoints")


def known(request: Request) -> Behaviour:
    return json_body({"data": record(asked_for(request))})


KNOWN = chosen(known)


def except_for(behaviours: dict[str, Behaviour]) -> Behaviour:
    """Return the behaviour of a model that has one of its own; all others are known."""
    return chosen(lambda request: behaviours.get(asked_for(request)) or known(request))


def pattern(server: Upstream) -> str:
    return f"{server.url}/models/{{id}}/endpoints"


def source(
    server: Upstream, budget: Budget = HASTE, sleep: Callable[[float], None] = time.sleep
) -> OpenRouterEndpoints:
    return OpenRouterEndpoints(pattern(server), budget, time.monotonic, sleep, "secret-key")


def names(count: int) -> list[str]:
    return [f"a/{n}" for n in range(count)]


def found(model_ids: Sequence[str]) -> tuple[EndpointResponse, ...]:
    return tuple(map(details, model_ids))


def test_models_are_found_in_the_order_they_were_asked_for() -> None:
    late = except_for({"a/0": after(0.1, json_body({"data": record("a/0")}))})
    with Upstream(late) as server:
        assert source(server).fetch(names(9)) == EndpointBatch(found(names(9)), ())
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
def test_an_id_is_part_of_the_path_and_of_nothing_else(model_id: str, path: str) -> None:
    with Upstream(json_body({"data": {}})) as server:
        source(server).fetch([model_id])

        assert [request.path for request in server.requests] == [path]


def test_the_pattern_is_there_for_readers() -> None:
    real = OpenRouterEndpoints(f"{API_URL}{ENDPOINTS_PATH}", Budget(), time.monotonic, time.sleep)

    assert (real.label, real.url) == (
        "OpenRouter endpoints",
        "https://openrouter.ai/api/v1/models/{id}/endpoints",
    )


def test_a_compressed_answer_is_kept_as_it_reads() -> None:
    packed = gzip.compress(details("a/0").body)
    with Upstream(answers(200, packed, {"Content-Encoding": "gzip"})) as server:
        assert source(server).fetch(["a/0"]).responses == found(["a/0"])


def test_a_model_that_upstream_does_not_know_is_no_failure() -> None:
    with Upstream(except_for({"a/one:free": status(404)})) as server:
        result = source(server).fetch(["a/one:free", "a/one"])

        assert result == EndpointBatch(
            (EndpointResponse("a/one:free", None, b""), details("a/one")), ()
        )
        assert len(server.requests) == 2


def test_an_address_that_knows_no_model_at_all_is_a_failure() -> None:
    with Upstream(status(404)) as server:
        result = source(server).fetch(names(10))

    failure = f"OpenRouter endpoints ({pattern(server)}): knows none of 10 models"
    assert result == EndpointBatch((), (failure,))


@pytest.mark.parametrize(
    ("behaviour", "message", "requests"),
    [
        (status(500), "answered 500", 2),
        (status(401), "answered 401", 1),
        (redirect("http://127.0.0.1:1/"), "answered 302", 1),
        (nothing(), "ReadTimeout", 2),
        (refuses(), "ReadError", 2),
        (half_a_body(), "RemoteProtocolError", 2),
        (half_a_closed_body(), "the answer is not valid JSON", 1),
        (html(), "the answer is not valid JSON", 1),
        (json_body([]), "no object under 'data'", 1),
        (json_body({"data": []}), "no object under 'data'", 1),
        (huge(100_000_000), "larger than 100,000 bytes", 1),
        (gzip_bomb(100_000_000), "larger than 100,000 bytes", 1),
        (drip(0.05), "not complete within 2 seconds", 1),
    ],
    ids=[
        "500",
        "401",
        "redirect",
        "silence",
        "reset",
        "half a body",
        "a body cut where nobody can tell",
        "a page",
        "a list",
        "a list of endpoints alone",
        "100 MB",
        "a bomb",
        "a drip",
    ],
)
def test_a_bad_answer_costs_its_own_model_only(
    behaviour: Behaviour, message: str, requests: int
) -> None:
    started = time.monotonic()
    with Upstream(except_for({"a/1": behaviour})) as server:
        result = source(server).fetch(names(6))
        tries = [asked_for(request) for request in server.requests].count("a/1")

    assert result.responses == found(["a/0", "a/2", "a/3", "a/4", "a/5"])
    assert len(result.errors) == 1
    assert result.errors[0].startswith(f"OpenRouter endpoints ({server.url}/models/a/1/endpoints")
    assert message in result.errors[0]
    assert "secret-key" not in result.errors[0]
    assert tries == requests
    assert time.monotonic() - started < HASTE.seconds + 1


def test_a_model_that_failed_is_asked_for_again_after_the_others() -> None:
    once = in_turn(status(500), json_body({"data": record("a/0")}))
    with Upstream(except_for({"a/0": once})) as server:
        result = source(server, IN_ORDER).fetch(names(3))

        assert result == EndpointBatch(found(names(3)), ())
        assert [asked_for(r) for r in server.requests] == ["a/0", "a/1", "a/2", "a/0"]


def test_an_upstream_that_is_down_is_left_alone_soon() -> None:
    with Upstream(status(503)) as server:
        result = source(server, IN_ORDER).fetch(names(50))

        assert result.responses == ()
        assert result.errors[-1].endswith(": given up after 10 failures in a row")
        assert len(result.errors) == 11
        assert len(server.requests) == 10


def test_failures_that_do_not_follow_each_other_do_not_end_a_round() -> None:
    bad = {f"a/{n}": status(401) for n in range(0, 40, 2)}
    with Upstream(except_for(bad)) as server:
        result = source(server, IN_ORDER).fetch(names(40))

    assert (len(result.responses), len(result.errors)) == (20, 20)


@pytest.mark.parametrize(
    "behaviour", [drip(0.05), nothing(), after(0.2, KNOWN)], ids=["drip", "silence", "slowness"]
)
def test_a_round_ends_by_its_deadline(behaviour: Behaviour) -> None:
    budget = replace(HASTE, seconds=0.5, read_timeout_seconds=10.0, failures_in_a_row=1_000)
    started = time.monotonic()
    with Upstream(behaviour) as server:
        result = source(server, budget).fetch(names(100))

    assert time.monotonic() - started < 1.5
    assert len(result.responses) + len(result.errors) <= 16


def test_an_upstream_that_is_not_there_is_a_failure() -> None:
    with Upstream(nothing()) as server:
        gone = source(server)

    assert "ConnectError" in gone.fetch(names(1)).errors[0]


def test_no_more_calls_are_made_than_the_budget_has() -> None:
    with Upstream(KNOWN) as server:
        result = source(server, replace(HASTE, calls=7)).fetch(names(20))

        assert result == EndpointBatch(found(names(7)), ())
        assert len(server.requests) == 7


def test_no_more_is_kept_than_the_budget_has_room_for() -> None:
    with Upstream(KNOWN) as server:
        result = source(server, replace(IN_ORDER, largest_total=100)).fetch(names(20))

    message = f"OpenRouter endpoints ({pattern(server)}): more than 100 bytes in all"
    assert result == EndpointBatch(found(names(3)), (message,))


def test_calls_keep_to_the_rate() -> None:
    clock = SleepingClock()
    with Upstream(KNOWN) as server:
        budget = replace(IN_ORDER, per_second=2.0, seconds=60)
        slow = OpenRouterEndpoints(pattern(server), budget, clock.now, clock.sleep)

        assert slow.fetch(names(4)) == EndpointBatch(found(names(4)), ())
    assert clock.sleeps == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("busy", "pause"),
    [(too_many_requests(7), 7.0), (too_many_requests(), 5.0)],
    ids=["as long as it asks", "as long as we think"],
)
def test_everybody_pauses_when_upstream_asks_for_it(busy: Behaviour, pause: float) -> None:
    clock = SleepingClock()
    once = in_turn(busy, KNOWN)
    with Upstream(once) as server:
        budget = replace(IN_ORDER, seconds=60)
        polite = OpenRouterEndpoints(pattern(server), budget, clock.now, clock.sleep)

        assert polite.fetch(names(3)) == EndpointBatch(found(names(3)), ())
    assert clock.sleeps == [pause]


def test_a_pause_past_the_deadline_ends_the_round_at_once() -> None:
    started = time.monotonic()
    with Upstream(KNOWN, too_many_requests(3_600)) as server:
        result = source(server, IN_ORDER).fetch(names(20))

        assert len(server.requests) == 2
    assert result.responses == found(["a/0"])
    assert [failure.endswith("answered 429 Upstream") for failure in result.errors] == [True]
    assert time.monotonic() - started < 1


def test_a_round_without_models_asks_nobody() -> None:
    with Upstream(KNOWN) as server:
        assert source(server).fetch([]) == EndpointBatch((), ())
        assert server.requests == []
