import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from pydantic import BaseModel

from handler.asgi import AsgiApp, create_asgi_app
from handler.bootstrap.render import create_site
from handler.domain.catalog.profile import EndpointData
from handler.domain.catalog.public_record import public_record
from handler.services.catalog_cache import CachedCatalog
from handler.version import read_version
from handler.web.api import schemas
from handler.web.http.headers import ERROR_CACHE, JSON, PAGE_CACHE, PROBLEM
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryStore,
    catalog,
    catalog_bytes,
    model,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)
from tests.support.constants import SITE_URL
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_text import lines_of

RECORDS = [HERMES, record("acme/one:free", canonical_slug="acme/slug")]
HERMES_PATH = f"/api/models/{HERMES['id']}"


@pytest.fixture
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


def asked(app: AsgiApp, path: str, query: str = "", **given: Any) -> Answer:
    return ask(app, path, scope={"query_string": query.encode()}, **given)


def got(app: AsgiApp, path: str, query: str = "") -> tuple[int, Any]:
    answer = asked(app, path, query)
    assert answer.headers["content-type"] == (JSON if answer.status == 200 else PROBLEM)
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    "address",
    [
        "nousresearch/hermes-4-405b",
        "NousResearch/Hermes-4-405B",
        "models/nousresearch/hermes-4-405b",
    ],
)
def test_a_model_is_its_merged_record_by_any_address(app: AsgiApp, address: str) -> None:
    assert got(app, f"/api/models/{address}") == (200, public_record(profile(HERMES)))


def test_list_has_summary_and_prices_of_each_model(app: AsgiApp) -> None:
    hermes = {
        "id": "nousresearch/hermes-4-405b",
        "name": "Nous: Hermes 4 405B",
        "author": "nousresearch",
        "url": f"{SITE_URL}/nousresearch/hermes-4-405b",
        "created": 1756235463,
        "context_length": 131072,
        "input_modalities": ["text"],
        "output_modalities": ["text"],
        "price": "$1/M in, $3/M out",
        "PPM": {"prompt": 1, "completion": 3},
        "last_read": AS_OF.isoformat(),
        "withdrawn_since": None,
    }
    assert got(app, "/api/models", "by=NousResearch") == (
        200,
        {
            "snapshot": catalog(RECORDS).version,
            "as_of": AS_OF.isoformat(),
            "total": 1,
            "limit": 100,
            "offset": 0,
            "models": [hermes],
        },
    )


TEXT_IN = {"architecture": {"input_modalities": ["text"]}}
MANY = stored(
    *(profile(record(f"a/{n}", name=f"Name {n}", **TEXT_IN)) for n in range(5)),
    withdrawn(record("b/gone")),
)


@pytest.mark.parametrize(
    ("query", "total", "ids"),
    [
        ("", 5, ["a/0", "a/1", "a/2", "a/3", "a/4"]),
        ("limit=2", 5, ["a/0", "a/1"]),
        ("limit=2&offset=3", 5, ["a/3", "a/4"]),
        ("offset=1000000", 5, []),
        ("by=B", 0, []),
        ("by=B&is=withdrawn", 1, ["b/gone"]),
        ("q=NAME+3", 1, ["a/3"]),
        ("q=a/4&by=a", 1, ["a/4"]),
        ("q=a/4&by=b", 0, []),
        ("has=text-in&sort=-name&limit=2", 5, ["a/4", "a/3"]),
        ("has=image-in", 0, []),
        ("price=2-&from=groq", 0, []),
        ("nonsense=1&limit=1", 5, ["a/0"]),
    ],
)
def test_list_is_filtered_and_paged(query: str, total: int, ids: list[str]) -> None:
    _, found = got(create_app(MemoryStore(MANY)), "/api/models", query)

    assert (found["total"], [one["id"] for one in found["models"]]) == (total, ids)


def changed_app() -> AsgiApp:
    one = profile(HERMES, endpoint_data=EndpointData(AS_OF, (ENDPOINT,)))
    now = model({**HERMES, "context_length": 8192})
    history = record_listing(one.history, now, AS_OF + timedelta(hours=1))
    return create_app(MemoryStore(stored(one._replace(model=now, history=history))), SITE_URL)


ENDPOINT = {
    "provider_name": "Cheap",
    "uptime_last_1d": 99.5,
    "pricing": {
        "prompt": "0.000001",
        "completion": "0.000003",
        "discount": 0.25,
        "overrides": [{"min_prompt_tokens": 1000, "prompt": "0.000002"}],
    },
}


def test_the_history_of_a_model_has_its_events() -> None:
    assert got(changed_app(), f"{HERMES_PATH}/history") == (
        200,
        {
            "id": HERMES["id"],
            "first_seen": AS_OF.isoformat(),
            "last_read": AS_OF.isoformat(),
            "withdrawn_since": None,
            "events": [
                {
                    "moment": (AS_OF + timedelta(hours=1)).isoformat(),
                    "fact": "context",
                    "before": 131072,
                    "after": 8192,
                }
            ],
        },
    )


def test_the_endpoints_of_a_model_have_their_terms() -> None:
    per_token = "per million tokens"
    assert got(changed_app(), f"{HERMES_PATH}/endpoints") == (
        200,
        {
            "id": HERMES["id"],
            "asked": AS_OF.isoformat(),
            "endpoints": [
                {
                    "provider": "Cheap",
                    "tag": None,
                    "quantization": None,
                    "context_length": None,
                    "max_prompt_tokens": None,
                    "max_completion_tokens": None,
                    "price": "from $1/M in, $3/M out",
                    "pricing": {
                        "kind": "priced",
                        "prices": [
                            {"mode": "prompt", "usd": "1", "unit": per_token},
                            {"mode": "completion", "usd": "3", "unit": per_token},
                        ],
                        "tiers": [
                            {
                                "condition": "over 1,000 prompt tokens",
                                "conditions": [
                                    {
                                        "min_prompt_tokens": 1_000,
                                        "utc_days": None,
                                        "utc_start": None,
                                        "utc_end": None,
                                    }
                                ],
                                "prices": [{"mode": "prompt", "usd": "2", "unit": per_token}],
                            }
                        ],
                        "unreadable_overrides": 0,
                    },
                    "discount": 0.25,
                    "uptime_1d": 99.5,
                    "is_degraded": False,
                    "service_tier": None,
                }
            ],
        },
    )


def test_endpoints_not_yet_fetched_are_empty(app: AsgiApp) -> None:
    assert got(app, f"{HERMES_PATH}/endpoints") == (
        200,
        {"id": HERMES["id"], "asked": None, "endpoints": []},
    )


def estimate(cost: str | None, reason: str | None) -> dict[str, str | None]:
    return {"lowest": cost, "highest": cost, "reason": reason, "per_search": None}


def test_comparison_keeps_the_requested_order_without_duplicates(app: AsgiApp) -> None:
    query = "m=acme/one:free&m=NousResearch/Hermes-4-405B&m=acme/one:free"

    records = [public_record(profile(raw)) for raw in reversed(RECORDS)]
    assert got(app, "/api/compare", query) == (
        200,
        {
            "workload": {
                "tokens_in": 10_000,
                "tokens_out": 1_000,
                "requests": 1,
                "cached_percent": 0,
            },
            "costs": {"acme/one:free": None, HERMES["id"]: "0.013"},
            "estimates": {
                "acme/one:free": estimate(None, "not published"),
                HERMES["id"]: estimate("0.013", None),
            },
            "models": records,
        },
    )


def test_comparison_prices_the_requested_workload(app: AsgiApp) -> None:
    _, compared = got(app, "/api/compare", f"m={HERMES['id']}&in=2000&out=0&requests=1000")

    assert (compared["workload"], compared["costs"]) == (
        {"tokens_in": 2_000, "tokens_out": 0, "requests": 1_000, "cached_percent": 0},
        {HERMES["id"]: "2"},
    )


def test_comparison_prices_cached_input() -> None:
    cached = HERMES | {"pricing": {**HERMES["pricing"], "input_cache_read": "0.0000001"}}
    app = create_app(MemoryStore(catalog_bytes([cached])))

    _, compared = got(app, "/api/compare", f"m={HERMES['id']}&in=10000&out=0&cached=50")

    assert (compared["workload"]["cached_percent"], compared["costs"]) == (
        50,
        {HERMES["id"]: "0.0055"},
    )


def test_comparison_prices_totals_of_any_number_of_requests(app: AsgiApp) -> None:
    query = f"m={HERMES['id']}&in=10000000&out=1000000&requests=any"
    _, compared = got(app, "/api/compare", query)

    assert (compared["workload"]["requests"], compared["costs"]) == (None, {HERMES["id"]: "13"})


def test_comparison_takes_models_joined_by_commas(app: AsgiApp) -> None:
    _, compared = got(
        app, "/api/compare", f"m=acme/one:free,%20https://openrouter.ai/{HERMES['id']}"
    )

    assert list(compared["costs"]) == ["acme/one:free", HERMES["id"]]


def test_unknown_model_is_a_problem_with_suggestions(app: AsgiApp) -> None:
    assert got(app, "/api/models/nousresearch/hermes-4") == (
        404,
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "No model has the address 'nousresearch/hermes-4'.",
            "instance": "/api/models/nousresearch/hermes-4",
            "near": ["nousresearch/hermes-4-405b"],
        },
    )


@pytest.mark.parametrize(
    ("path", "query", "detail"),
    [
        ("/api/models", "limit=1001", "limit: Input should be less than or equal to 1000"),
        ("/api/models", "offset=x", "offset: Input should be a valid integer"),
        ("/api/models", f"q={'x' * 201}", f"q: “{'x' * 60}…” is not understood; expected is at"),
        ("/api/models", "is=cheap", "is: “cheap” is not understood; expected is one of free,"),
        ("/api/models", "price=low", "price: “low” is not understood; expected is US dollars"),
        ("/api/models", "sort=price", "sort: “price” is not understood; expected is a column"),
        ("/api/models", "by=a/b", "by: “a/b” is not understood; expected is one author slug"),
        ("/api/compare", "", "m: Field required"),
        ("/api/compare", "&".join(["m=a/b"] * 9), "m: List should have at most 8 items"),
        ("/api/compare", "m=" + ",".join(["a/b"] * 9), "m: List should have at most 8 items"),
        ("/api/compare", "m=a/b&requests=0", "requests."),
        ("/api/compare", "m=a/b&cached=101", "cached: Input should be less than or equal to 100"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(
    app: AsgiApp, path: str, query: str, detail: str
) -> None:
    status, problem = got(app, path, query)

    assert (status, problem["title"]) == (422, "Unprocessable Content")
    assert problem["detail"].startswith(detail)


def test_status_has_snapshot_and_sources(app: AsgiApp) -> None:
    assert got(app, "/api/status") == (
        200,
        {
            "code": read_version(),
            "snapshot": catalog(RECORDS).version,
            "as_of": AS_OF.isoformat(),
            "models": 2,
            "withdrawn": 0,
            "sources": {
                "list": {
                    "state": "fresh",
                    "label": "OpenRouter",
                    "url": "https://openrouter.ai/api/v1/models",
                    "fetched": AS_OF.isoformat(),
                    "as_of": AS_OF.isoformat(),
                    "sha256": "0" * 64,
                    "size_bytes": 1_000,
                    "records": 2,
                    "set_aside": 0,
                    "failing_since": None,
                    "failure": "",
                },
                "details": {"state": "absent"},
                "arena": {"state": "absent"},
            },
        },
    )


GOOD = ["/api/status", "/api/models", HERMES_PATH, "/api/openapi.json", "/api"]
BAD = ["/api/models/a/b", "/api/nothing", "/api/compare", "/api/models/"]


@pytest.mark.parametrize("path", GOOD + BAD)
def test_head_is_get_without_its_body(app: AsgiApp, path: str) -> None:
    answer = ask(app, path)

    assert (answer.status == 200) is (path in GOOD)
    assert ask(app, path, "HEAD") == Answer(answer.status, answer.headers, b"")


@pytest.mark.parametrize("path", GOOD)
def test_answers_are_kept_compared_and_compressed_as_pages_are(app: AsgiApp, path: str) -> None:
    answer = ask(app, path)
    known = ask(app, path, headers={"if-none-match": answer.headers["etag"]})
    compressed = ask(app, path, headers={"accept-encoding": "gzip"})

    assert answer.headers["cache-control"] == PAGE_CACHE
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not answer.headers["etag"].startswith("W/")
    assert (known.status, known.body) == (304, b"")
    assert compressed.headers.get("content-encoding") == (
        "gzip" if len(answer.body) > 600 else None
    )


@pytest.mark.parametrize("path", [*GOOD[:-1], *BAD])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_origin_may_read_every_answer(app: AsgiApp, path: str, method: str) -> None:
    headers = ask(app, path, method, {"origin": "https://other.example"}).headers

    assert headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "X"])
@pytest.mark.parametrize("path", [*GOOD[:-1], "/api/nothing"])
def test_other_methods_are_refused(app: AsgiApp, path: str, method: str) -> None:
    answer = ask(app, path, method)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("path", ["/api/status", "/api/models/a/b", "/api/models"])
def test_missing_snapshot_is_a_503_problem(path: str) -> None:
    answer = ask(create_app(MemoryStore()), path)

    assert (answer.status, answer.headers["retry-after"]) == (503, "30")
    assert json.loads(answer.body)["title"] == "Service Unavailable"


def test_internal_error_is_short_lived_and_has_no_details() -> None:
    class Broken(CachedCatalog):
        def get(self) -> Any:
            raise RuntimeError("secret detail")

    store = MemoryStore()
    site = create_site(store, SITE_URL)._replace(catalog=Broken(store, lambda: 0.0))
    app = create_asgi_app(site)

    status, problem = got(app, "/api/models/acme/one")
    assert (status, problem["title"]) == (500, "Internal Server Error")
    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/api/nothing", "GET", 404), ("/api/models/a/b", "GET", 404), ("/api/status", "POST", 405)],
)
def test_refused_requests_are_cached_for_seconds(
    app: AsgiApp, path: str, method: str, status: int
) -> None:
    answer = ask(app, path, method)

    assert (answer.status, answer.headers["cache-control"]) == (status, ERROR_CACHE)


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_no_address_is_worse_than_a_problem(app: AsgiApp, text: str) -> None:
    path = f"/api/models/{text[:300].encode('utf-8', 'replace').decode()}"

    assert got(app, path)[0] == 404


SHAPES: dict[str, type[BaseModel]] = {
    "/api/models": schemas.ModelList,
    HERMES_PATH: schemas.ModelRecord,
    f"{HERMES_PATH}/history": schemas.ModelHistory,
    f"{HERMES_PATH}/endpoints": schemas.ModelEndpoints,
    "/api/compare": schemas.Comparison,
    "/api/status": schemas.Status,
}


@pytest.mark.parametrize("path", SHAPES)
def test_every_answer_has_the_shape_that_is_described(path: str) -> None:
    answer = asked(changed_app(), path, f"m={HERMES['id']}")

    shape = SHAPES[path].model_validate_json(answer.body, strict=True)
    assert shape.model_dump(mode="json", exclude_unset=True) == json.loads(answer.body)


def described(app: AsgiApp) -> Any:
    status, body = got(app, "/api/openapi.json")
    assert status == 200
    return body


def test_the_api_describes_itself(app: AsgiApp) -> None:
    openapi = described(app)

    assert openapi["servers"] == [{"url": f"{SITE_URL}/api"}]
    assert {path: one["get"]["operationId"] for path, one in openapi["paths"].items()} == {
        "/models": "list_models",
        "/models/{author}/{slug}": "get_model",
        "/models/{author}/{slug}/history": "get_history",
        "/models/{author}/{slug}/prices": "get_prices",
        "/models/{author}/{slug}/endpoints": "get_endpoints",
        "/compare": "compare_models",
        "/status": "get_status",
    }
    for operation in (one["get"] for one in openapi["paths"].values()):
        types = {status: [*answer["content"]] for status, answer in operation["responses"].items()}
        assert types == {status: [JSON if status == "200" else PROBLEM] for status in types}
        assert operation["tags"]
        assert all(one["description"] for one in operation.get("parameters", ()))


def test_api_page_has_a_working_example_of_every_operation(app: AsgiApp) -> None:
    page = ask(app, "/api")
    lines = lines_of(page.text)

    assert [line for line in lines if line.startswith("GET ")] == [
        f"GET /api{path}" for path in described(app)["paths"]
    ]
    examples = [line.split(" Example: ")[1] for line in lines if " Example: " in line]
    assert len(examples) == 7
    answers = [asked(app, *example.partition("?")[::2]) for example in examples]
    assert [answer.status for answer in answers] == [200] * 7
    assert "<script>" not in page.text


def test_api_page_shows_no_marks_of_markdown(app: AsgiApp) -> None:
    assert "`" not in ask(app, "/api").text


def test_api_page_shows_the_answer_of_its_curl_line(app: AsgiApp) -> None:
    curl, answer = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", ask(app, "/api").text, re.S)

    url = unescape(curl).removeprefix('curl "').removesuffix('"')
    path, _, query = url.removeprefix(SITE_URL).partition("?")
    assert json.loads(unescape(answer)) == json.loads(asked(app, path, query).body)
