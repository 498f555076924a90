"""Records with fields of odd types: each keeps its page, without that field."""

import json
from typing import Any

import pytest

from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import refresh_catalog
from handler.services.sources import Sources
from tests.support.builders import AS_OF, HERMES, MemoryStore, record
from tests.support.fakes import FakeDataset, ignore_progress, memory_repository, render_plain
from tests.support.http.asgi import ask, create_app

REPRESENTATIONS = ("", ".md", "/card.png", "/feed.xml", "/badge.svg", "/preview")
ODD_VALUES: tuple[Any, ...] = (5, -1, True, "odd", ["odd"], {"odd": {}}, [{"slug": 1}])
OPTIONAL = sorted(HERMES.keys() - {"id", "pricing"})


def store_of(*records: dict[str, Any]) -> MemoryStore:
    store = MemoryStore()
    repository, limits = memory_repository(store), SanityLimits()
    sources = Sources(FakeDataset(*records))
    result = refresh_catalog(sources, repository, render_plain, AS_OF, limits, ignore_progress)
    assert result.skipped_records == ()
    return store


def test_limits_that_are_fractions_are_rounded_down_on_the_page() -> None:
    limits = {"context_length": 25_804.8, "max_completion_tokens": 22_937.6}
    app = create_app(store_of(record("acme/fraction", **limits, top_provider=limits)))

    page = ask(app, "/acme/fraction")

    assert page.status == 200
    assert "<dt>Context length</dt><dd>25,804 tokens</dd>" in page.text
    assert "<dt>Context at top provider</dt><dd>25,804 tokens</dd>" in page.text
    assert "<dt>Max output tokens</dt><dd>22,937 tokens</dd>" in page.text


def test_a_limit_that_is_a_string_of_digits_is_the_number() -> None:
    app = create_app(store_of(record("acme/limit", context_length="262144")))

    assert "<dt>Context length</dt><dd>262,144 tokens</dd>" in ask(app, "/acme/limit").text
    assert json.loads(ask(app, "/api/models/acme/limit").body)["context_length"] == 262_144


@pytest.mark.parametrize("field", OPTIONAL)
def test_a_model_with_an_odd_field_is_served_everywhere(field: str) -> None:
    records = [
        {**HERMES, "id": f"acme/n{number}", field: value} for number, value in enumerate(ODD_VALUES)
    ]
    app = create_app(store_of(*records))

    paths = [f"/{raw['id']}{end}" for raw in records for end in REPRESENTATIONS]
    paths += [f"/api/models/{raw['id']}" for raw in records]
    paths += ["/", "/models.csv", "/api/models", "/feed.xml"]
    assert {path: status for path in paths if (status := ask(app, path).status) != 200} == {}
