import pytest

from handler.web.http.headers import IMMUTABLE_CACHE
from tests.support.builders import AS_OF, MemoryStore, priced, profile, record, stored, withdrawn
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

NEW = int(AS_OF.timestamp()) - 86_400
APP = create_app(
    MemoryStore(
        stored(
            profile(priced("acme/two", "0.000002", "0.000004", created=NEW, name="Acme: Two")),
            profile(
                priced("acme/one", "0.000001", "0.000002", name="Acme: One", context_length=8_000)
            ),
            profile(record("bee/other")),
            withdrawn(priced("acme/gone", "0.0000002", "0.0000003", name="Acme: Gone")),
            withdrawn(record("past/only")),
        )
    )
)


def test_page_has_listed_new_and_withdrawn_models() -> None:
    columns = (
        "Model | Input | Output | Cached input | Blended 3:1 | Context | Max output | Providers "
        "| Arena rank | Added"
    )

    assert lines_of(ask(APP, "/acme").text) == [
        "All models / acme",
        "Acme",
        "2 models on OpenRouter, 1 new in the last 30 days: $1 to $2/M in, up to 8K context. "
        "Filter, sort and compare · Follow changes (Atom)",
        "Models",
        "Newest first",
        columns,
        "Acme: Twoacme/two new | $2 | $4 | | $2.50 | | | | | Aug 2026",
        "Acme: Oneacme/one | $1 | $2 | | $1.25 | 8K | | | |",
        "No longer listed",
        "Latest first, with the last known values",
        columns,
        "Acme: Goneacme/gone · not listed since 23 August 2026 | $0.20 | $0.30 | | $0.225 | | "
        "| | |",
        "Prices are US dollars per million tokens, “from” where long prompts or busy hours cost "
        "more. Blended is three parts input to one part output. Context and max output are tokens.",
    ]


def test_page_has_metadata_and_a_card() -> None:
    head = head_of(ask(APP, "/acme").text)

    assert (head.title, head.canonical) == ("AI models by Acme", f"{SITE_URL}/acme")
    assert head.names["description"] == (
        "2 models, $1 to $2/M in, up to 8K context, 1 no longer listed. Two, One"
    )
    assert "robots" not in head.names
    card = ask(APP, head.only("og:image").removeprefix(SITE_URL))
    assert (card.status, card.headers["cache-control"]) == (200, IMMUTABLE_CACHE)


def test_author_without_listed_models_keeps_its_page() -> None:
    answer = ask(APP, "/past")

    assert (answer.status, "past/only" in answer.text) == (200, True)
    assert head_of(answer.text).names["description"] == "0 models, 1 no longer listed"


def test_page_is_indexable_while_a_model_is_listed() -> None:
    active, past = (head_of(ask(APP, path).text) for path in ("/acme", "/past"))

    assert "robots" not in active.names
    assert past.names["robots"] == "noindex, follow"


def test_page_links_to_its_feed() -> None:
    assert f'href="{SITE_URL}/acme/feed.xml"' in ask(APP, "/acme").text


@pytest.mark.parametrize("path", ["/ACME", "/acme/", "/~acme"])
def test_other_spelling_redirects_to_the_author(path: str) -> None:
    answer = ask(APP, path)

    assert (answer.status, answer.headers["location"]) == (308, f"{SITE_URL}/acme")


def test_card_of_other_spelling_redirects_to_the_card() -> None:
    answer = ask(APP, "/ACME/card.png")

    assert (answer.status, answer.headers["location"]) == (308, f"{SITE_URL}/acme/card.png")


@pytest.mark.parametrize("path", ["/nobody", "/acm", "/nobody/card.png"])
def test_unknown_author_is_not_found(path: str) -> None:
    assert ask(APP, path).status == 404


def test_model_page_links_to_its_author() -> None:
    assert '<a href="/acme">acme</a>' in ask(APP, "/acme/one").text
