from datetime import timedelta

import pytest

from handler.domain.catalog.provenance import LIST
from handler.domain.ingest.enrichment import mark_source_stale
from handler.domain.snapshot.encode import encode
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryStore,
    catalog,
    catalog_bytes,
    contents,
    priced,
    profile,
    record,
)
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of, section

HOW_OLD = "Sources and their age"
FRESH = (
    "Fresh: the last attempt to read the source succeeded. Stale: attempts have failed since the "
    "time shown, and the site shows the last data it read. As of is the date of the data itself."
)
RECORDS = [HERMES, priced("openrouter/auto", "-1", "-1"), record("acme/nothing")]


def lines(path: str) -> list[str]:
    app = create_app(MemoryStore(catalog_bytes(RECORDS)))
    return lines_of(ask(app, path).text)


def test_methodology_names_the_source_its_time_and_its_hash() -> None:
    said = lines("/methodology")

    assert section(said, HOW_OLD, FRESH) == [
        f"Sources of snapshot {catalog(RECORDS).version}",
        "Source | State | As of | Fetched | Records",
        f"OpenRouter https://openrouter.ai/api/v1/models SHA-256 of the response: {'0' * 64} | "
        "fresh | 22 August 2026, 18:35 UTC | 22 August 2026, 18:35 UTC | 3 records, 0 skipped",
    ]


def test_methodology_dates_the_failure_of_a_source() -> None:
    failing = mark_source_stale(contents(profile(HERMES)), LIST, AS_OF + timedelta(hours=1), "down")
    html = ask(create_app(MemoryStore(encode(failing, "run"))), "/methodology").text

    since = '<time datetime="2026-08-22T19:35:00+00:00">22 August 2026, 19:35 UTC</time>'
    assert f"<td>stale since {since}</td>" in html


def test_methodology_describes_the_data_for_searches_of_data() -> None:
    data = head_of(ask(create_app(MemoryStore(catalog_bytes(RECORDS))), "/methodology").text)

    assert data.json_ld["@type"] == "WebPage"
    assert data.json_ld["mainEntity"] == {
        "@type": "Dataset",
        "@id": f"{SITE_URL}/methodology#data",
        "name": "AI models on OpenRouter, with prices and limits",
        "description": "Prices, context, limits, providers, Arena ranks and price history of every "
        "model on OpenRouter, one merged record for each.",
        "url": f"{SITE_URL}/methodology",
        "keywords": ["AI models", "language models", "prices", "OpenRouter", "context length"],
        "dateModified": "2026-08-22T18:35:00+00:00",
        "isAccessibleForFree": True,
        "isBasedOn": ["https://openrouter.ai/api/v1/models"],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": f"{SITE_URL}/api/models",
        },
    }


@pytest.mark.parametrize(
    ("contact_url", "link"),
    [(None, "tell its operator,"), ("mailto:a@b.org?x=1&y", '<a href="mailto:a@b.org?x=1&amp;y">')],
)
def test_a_wrong_number_can_be_reported_where_the_operator_says(
    contact_url: str | None, link: str
) -> None:
    store = MemoryStore(catalog_bytes(RECORDS))

    assert link in ask(create_app(store, contact_url=contact_url), "/methodology").text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/nousresearch/hermes-4",
            [
                "Model not found",
                "There is no model at nousresearch/hermes-4.",
                "Did you mean one of these?",
                "Nous: Hermes 4 405B nousresearch/hermes-4-405b",
                "See all models. A model added in the last few minutes may not be here yet.",
            ],
        ),
        (
            "/zzz\x00\u202e/" + "y" * 500,
            [
                "Model not found",
                f"There is no model at zzz/{'y' * 115}….",
                "See all models. A model added in the last few minutes may not be here yet.",
            ],
        ),
    ],
    ids=["near names", "nothing near"],
)
def test_404_names_the_path_and_suggestions(path: str, expected: list[str]) -> None:
    assert lines(path) == expected


def test_a_browser_may_read_the_manifest_that_pages_name() -> None:
    answer = ask(create_app(MemoryStore(catalog_bytes(RECORDS))), "/methodology")

    assert 'rel="manifest"' in answer.text
    assert "manifest-src 'self'" in answer.headers["content-security-policy"]
