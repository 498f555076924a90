"""A model whose record is older than the newest list bears the date of its own list everywhere."""

import json
import re
from datetime import UTC, datetime

import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.coverage import Coverage
from handler.services.refresh import refresh_catalog
from handler.services.sources import Sources
from tests.support.builders import MemoryStore, making, priced
from tests.support.fakes import FakeDataset, ignore_progress, memory_repository, render_plain
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_text import lines_of

FIRST = datetime(2026, 8, 1, tzinfo=UTC)
NEWEST = datetime(2026, 8, 22, tzinfo=UTC)
UNREADABLE = (
    "OpenRouter’s list of 22 August 2026, 00:00 UTC has a record of it that could not be read; "
    "this is what was read on 1 August 2026, 00:00 UTC."
)
UNCOVERED = (
    "It is not in OpenRouter’s list of 22 August 2026, 00:00 UTC, which covers other kinds of "
    "models; this is what was read on 1 August 2026, 00:00 UTC."
)
NOTES = {"acme/broken": UNREADABLE, "acme/picture": UNCOVERED}


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    store = MemoryStore()
    ok, broken = priced("acme/ok", "0.000001", "0"), priced("acme/broken", "0.000001", "0")
    picture = priced("acme/picture", "0.000001", "0", architecture=making("image"))
    unreadable = priced("acme/broken", "no number", "0")
    text = Coverage.parse("text")
    for source, as_of in (
        (FakeDataset(ok, broken, picture), FIRST),
        (FakeDataset(priced("acme/ok", "0.000002", "0"), unreadable, coverage=text), NEWEST),
    ):
        repository = memory_repository(store)
        sources = Sources(source)
        refresh_catalog(sources, repository, render_plain, as_of, None, ignore_progress)
    return create_app(store)


def modified(html: str) -> str:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    date: str = json.loads(data)["dateModified"]
    return date


@pytest.mark.parametrize("model_id", NOTES)
def test_page_has_the_date_of_the_last_reading(app: AsgiApp, model_id: str) -> None:
    html = ask(app, f"/{model_id}").text
    lines = lines_of(html)

    assert NOTES[model_id] in lines
    assert "OpenRouter’s list, as of 1 August 2026, 00:00 UTC." in lines
    assert modified(html) == FIRST.isoformat()
    assert "data of 1 August 2026" in html
    assert "$1" in html


@pytest.mark.parametrize("model_id", NOTES)
def test_markdown_and_feed_have_the_date_too(app: AsgiApp, model_id: str) -> None:
    text = ask(app, f"/{model_id}.md").text

    assert f"OpenRouter’s list, as of 1 August 2026, 00:00 UTC.\n\n{NOTES[model_id]}\n" in text
    assert NOTES[model_id] in ask(app, f"/{model_id}/feed.xml").text


@pytest.mark.parametrize("model_id", NOTES)
def test_card_of_an_old_record_has_its_date(app: AsgiApp, model_id: str) -> None:
    assert "As of 1 August 2026" in ask(app, f"/{model_id}").text.split("og:image:alt")[1][:300]


def test_api_has_the_moment_of_the_last_reading(app: AsgiApp) -> None:
    summaries = json.loads(ask(app, "/api/models").body)["models"]
    record = json.loads(ask(app, "/api/models/acme/broken").body)
    history = json.loads(ask(app, "/api/models/acme/broken/history").body)

    assert {model["id"]: model["last_read"] for model in summaries} == {
        "acme/ok": NEWEST.isoformat(),
        "acme/broken": FIRST.isoformat(),
        "acme/picture": FIRST.isoformat(),
    }
    assert (record["last_read"], record["unreadable_at"]) == (FIRST.isoformat(), NEWEST.isoformat())
    assert history["last_read"] == FIRST.isoformat()


def test_a_model_of_the_newest_list_has_its_date_and_no_note(app: AsgiApp) -> None:
    html = ask(app, "/acme/ok").text

    assert "OpenRouter’s list, as of 22 August 2026, 00:00 UTC." in lines_of(html)
    assert modified(html) == NEWEST.isoformat()
    assert "this is what was read on" not in html
    assert "as of" not in html.split("og:image:alt")[1][:300]
    assert "unreadable_at" not in json.loads(ask(app, "/api/models/acme/ok").body)
