"""A link that was pasted with more at its end than belongs to it leads to the page."""

from urllib.parse import unquote

import pytest

from handler.asgi import AsgiApp
from handler.web.http.headers import ERROR_CACHE, PAGE_CACHE
from handler.web.pasted_links import MAX_STRAY_CHARACTERS, shorten_path
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

RECORDS = [
    HERMES,
    record("acme/one", canonical_slug="acme/one-20250101", hugging_face_id="Acme/One-HF"),
    record("acme/one:free", canonical_slug="acme/one-20250101"),
    record("acme/odd."),
    record("acme/odd"),
    record("acme/end_"),
    record("~acme/latest"),
]

# What programs add, one of a kind: punctuation, brackets, markup, spaces, invisible characters.
STRAY = [
    *".,;:!?…·)]}>”’»›\"'`*_~|\\&#%@/",
    *"。，、！？）」』】》",
    *" \u00a0\u3000\u2009\t\n\r\u2028",
    *"\u200b\u200c\u200d\u200e\u2060\ufeff\u00ad\u202c\ufe0f\ufffd",
]


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


@pytest.mark.promise("P19", "links pasted with a stray character")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("stray", STRAY, ids=ascii)
def test_stray_character_redirects_to_the_model(app: AsgiApp, stray: str, method: str) -> None:
    answer = ask(app, f"/acme/one{stray}", method)

    assert (answer.status, answer.headers["location"]) == (308, f"{SITE_URL}/acme/one")
    assert answer.headers["cache-control"] == PAGE_CACHE


@pytest.mark.parametrize(
    "stray", [").", '">', "**", ")\u200b", "...", "\u00a0\u00a0", ")**.", "\r\n", "/)", ")/", "”)."]
)
def test_several_stray_characters_redirect_at_once(app: AsgiApp, stray: str) -> None:
    assert ask(app, f"/acme/one{stray}").headers["location"] == f"{SITE_URL}/acme/one"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/acme/one:free)", "/acme/one:free"),
        ("/acme/one:", "/acme/one"),
        ("/~acme/latest.", "/~acme/latest"),
        ("/Acme/ONE,", "/acme/one"),
        ("/models/acme/one)", "/acme/one"),
        ("/acme/one/providers).", "/acme/one"),
        ("/acme/one-20250101)", "/acme/one"),
        ("/Acme/One-HF]", "/acme/one"),
        ("/acme.", "/acme"),
        ("/ACME)", "/acme"),
        ("/acme/one.md)", "/acme/one.md"),
        ("/Acme/One.md.", "/acme/one.md"),
        ("/acme/one/preview)", "/acme/one/preview"),
        ("/acme/one/card.png)", "/acme/one/card.png"),
        ("/acme/one/card-0123456789abcdef.png)", "/acme/one/card.png"),
        ("/acme/one/badge.svg)", "/acme/one/badge.svg"),
        ("/acme/one/feed.xml,", "/acme/one/feed.xml"),
        ("/acme/feed.xml,", "/acme/feed.xml"),
        ("/acme/card.png)", "/acme/card.png"),
        ("/compare)", "/compare"),
        ("/changes.", "/changes"),
        ("/methodology).", "/methodology"),
        ("/api,", "/api"),
        ("/)", "/"),
    ],
)
def test_other_links_lead_to_their_own_page(app: AsgiApp, path: str, target: str) -> None:
    answer = ask(app, path)

    assert (answer.status, answer.headers["location"]) == (308, SITE_URL + target)
    assert ask(app, target).status == 200


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/acme/one/feed.xml)", "kind=price&utm=1", "/acme/one/feed.xml?kind=price"),
        ("/compare)", "m=acme/one&x=//evil.example", "/compare?m=acme%2Fone"),
        ("/acme/one)", "utm=1", "/acme/one"),
    ],
)
def test_redirect_keeps_what_the_page_reads(
    app: AsgiApp, path: str, query: str, location: str
) -> None:
    assert ask(app, path, query=query).headers["location"] == SITE_URL + location


@pytest.mark.parametrize("path", ["/acme/odd.", "/acme/end_", "/acme/odd"])
def test_id_that_ends_with_such_a_character_is_itself(app: AsgiApp, path: str) -> None:
    assert ask(app, path).status == 200


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/acme/odd.)", "/acme/odd."),
        ("/acme/odd..", "/acme/odd."),
        ("/acme/odd)", "/acme/odd"),
        ("/acme/odd).", "/acme/odd"),
        ("/Acme/Odd.", "/acme/odd."),
        ("/acme/end_)", "/acme/end_"),
    ],
)
def test_longest_id_wins(app: AsgiApp, path: str, target: str) -> None:
    assert ask(app, path).headers["location"] == SITE_URL + target


@pytest.mark.promise("P19", "pasted links of which no known page is left")
@pytest.mark.parametrize(
    "path",
    [
        "/acme/two)",
        "/nobody)",
        "/acme/one-",
        "/acme/one–",
        "/acme/one\x00",
        "/acme/one=",
        "/acme/one)x",
        "/acme/one" + ")" * (MAX_STRAY_CHARACTERS + 1),
        "/acme/one" + ")" * 8_000,
        "/sitemap-1.xml)",
        "/wp-login.php.",
        "/acme/one).md",
    ],
    ids=lambda path: ascii(path)[:24],
)
def test_other_paths_stay_a_404_for_seconds(app: AsgiApp, path: str) -> None:
    answer = ask(app, path)

    assert (answer.status, answer.headers["cache-control"]) == (404, ERROR_CACHE)


@pytest.mark.promise("P17", "pasted links that would lead off the site")
@pytest.mark.parametrize(
    "path", ["//evil.example.", "//evil.example/)", "/\\evil.example)", "/%2F/evil.example.", "//."]
)
def test_no_pasted_link_leads_off_the_site(app: AsgiApp, path: str) -> None:
    answer = ask(app, path)

    assert answer.status == 404 or answer.headers["location"] == f"{SITE_URL}/"


@pytest.mark.promise("P15", "pasted links with many characters at their end")
def test_eight_characters_are_looked_at() -> None:
    assert len(list(shorten_path("/acme/one" + "." * 8_000))) == 8


def test_only_stray_characters_at_the_end_are_removed() -> None:
    assert list(shorten_path("/a.b).")) == ["/a.b)", "/a.b"]
    assert (
        list(shorten_path("/acme/one")) == list(shorten_path("/")) == list(shorten_path("")) == []
    )


@pytest.mark.parametrize("stray", ["%E2%80%8B", "%C2%A0", "%E2%80%8D", ")", "%E2%80", "%3F"])
def test_percent_encoded_link_redirects(app: AsgiApp, stray: str) -> None:
    assert ask(app, unquote(f"/acme/one{stray}")).status == 308


@pytest.mark.parametrize("stray", ["%29", ").", "%E2%80%8B", "%C2%A0"])
def test_comparison_finds_the_model_of_a_pasted_link(app: AsgiApp, stray: str) -> None:
    answer = ask(app, "/compare", query=f"m={HERMES['id']}&m=acme/one{stray}")

    assert answer.status == 200
    assert "Hermes 4 405B vs " in answer.text
