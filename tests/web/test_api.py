import json
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import ASGIApp

from handler.bootstrap import TEMPLATES, app_over
from handler.domain.merged import merged_record
from handler.domain.provenance import as_json
from handler.services.freshness import FreshCatalog
from handler.web.app import create_app
from handler.web.documents import ERROR
from tests.records import (
    AS_OF,
    HERMES,
    ORIGIN,
    MemoryStore,
    catalog,
    catalog_bytes,
    profile,
    record,
)
from tests.support.answers import Answer
from tests.support.asgi import ask

RECORDS = [HERMES, record("acme/one:free", canonical_slug="acme/slug")]


@pytest.fixture
def app() -> ASGIApp:
    return app_over(MemoryStore(catalog_bytes(RECORDS)), None)


def got(app: ASGIApp, path: str) -> tuple[int, Any]:
    answer = ask(app, path)
    assert answer.headers["content-type"] == "application/json"
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    "address", ["nousresearch/hermes-4-405b", "NousResearch/Hermes-4-405B", "models/nousresearch/"]
)
def test_a_model_is_its_merged_record_by_any_address(app: ASGIApp, address: str) -> None:
    if address.endswith("/"):
        address += "hermes-4-405b"

    assert got(app, f"/api/models/{address}") == (200, merged_record(profile(HERMES)))


def test_an_unknown_model_is_a_404_with_what_comes_near(app: ASGIApp) -> None:
    status, body = got(app, "/api/models/nousresearch/hermes-4")

    assert status == 404
    assert body["detail"]["near"][0] == "nousresearch/hermes-4-405b"


def test_status_says_which_snapshot_and_whence(app: ASGIApp) -> None:
    assert got(app, "/api/status") == (
        200,
        {
            "snapshot": catalog(RECORDS).version,
            "as_of": AS_OF.isoformat(),
            "models": 2,
            "withdrawn": 0,
            "sources": {
                "list": {"state": "fresh", **as_json(replace(ORIGIN, records=2))},
                "details": {"state": "absent"},
                "arena": {"state": "absent"},
            },
        },
    )


def test_the_api_describes_itself(app: ASGIApp) -> None:
    status, body = got(app, "/api/openapi.json")

    assert (status, sorted(body["paths"])) == (200, ["/models/{address}", "/status"])


@pytest.mark.parametrize("path", ["/api/status", "/api/models/acme/one:free", "/api/models/a/b"])
def test_head_is_get_without_its_body(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)

    assert ask(app, path, "HEAD") == Answer(answer.status, answer.headers, b"")


@pytest.mark.parametrize("path", ["/api/status", "/api/models/a/b"])
def test_until_there_is_a_snapshot_the_api_says_so(path: str) -> None:
    status, body = got(app_over(MemoryStore(), None), path)

    assert (status, body) == (503, {"detail": "the catalog is not here yet"})


def test_our_own_fault_is_said_for_seconds_without_its_details() -> None:
    class Broken(FreshCatalog):
        def current(self) -> Any:
            raise RuntimeError("secret detail")

    app = create_app(Broken(MemoryStore(), lambda: 0.0), TEMPLATES, None)

    answer = ask(app, "/api/models/acme/one")

    assert (answer.status, answer.text) == (500, '{"detail":"something broke here"}')
    assert answer.headers["cache-control"] == ERROR


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/api/nothing", "GET", 404), ("/api/models/a/b", "GET", 404), ("/api/status", "POST", 405)],
)
def test_what_is_refused_is_refused_for_seconds(
    app: ASGIApp, path: str, method: str, status: int
) -> None:
    answer = ask(app, path, method)

    assert (answer.status, answer.headers["cache-control"]) == (status, ERROR)
