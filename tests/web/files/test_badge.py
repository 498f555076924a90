import xml.etree.ElementTree as ET
from typing import Any

import pytest

from handler.domain.catalog.profile import Profile
from handler.web.files.badge import text_width
from handler.web.http.headers import BADGE_CACHE, NON_HTML_CSP, SVG
from tests.support.builders import (
    HERMES,
    MemoryStore,
    making,
    priced,
    profile,
    record,
    stored,
    withdrawn,
)
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app

_SVG = "{http://www.w3.org/2000/svg}"


def badge(known: Profile, show: str = "") -> Answer:
    app = create_app(MemoryStore(stored(known)), "https://previews.example.org")
    query = f"show={show}".encode()
    return ask(app, f"/{known.model.id}/badge.svg", scope={"query_string": query})


def words(answer: Answer) -> list[str]:
    """Return the title of a badge and the two texts that it shows."""
    svg = ET.fromstring(answer.body)  # noqa: S314 - our own
    shown = [element for name in ("title", "text") for element in svg.iter(_SVG + name)]
    return [element.text or "" for element in shown]


FREE: dict[str, Any] = priced("acme/one:free", "0", "0")


@pytest.mark.parametrize(
    ("known", "show", "label", "value"),
    [
        (profile(HERMES), "", "price", "$1/M in, $3/M out"),
        (profile(HERMES), "context", "context", "131K tokens"),
        (profile(FREE), "", "price", "Free"),
        (profile(record()), "", "price", "not published"),
        (profile(record()), "context", "context", "not published"),
        (
            profile(priced("a/b", "0", "0", architecture=making("video"))),
            "",
            "price",
            "Price set by the provider",
        ),
        (withdrawn(HERMES), "", "price", "no longer listed"),
    ],
)
def test_badge_shows_one_fact_or_not_published(
    known: Profile, show: str, label: str, value: str
) -> None:
    assert words(badge(known, show)) == [f"{known.model.name}: {label} {value}", label, value]


@pytest.mark.parametrize("show", ["nonsense", "//evil"])
def test_badge_of_an_unknown_fact_says_what_to_use(show: str) -> None:
    answer = badge(profile(HERMES), show)

    assert (answer.status, answer.headers["content-type"]) == (200, SVG)
    assert words(answer)[1:] == ["unknown show", "use price, context"]


def test_badge_is_inert_svg_cached_for_minutes() -> None:
    answer = badge(profile(HERMES))

    assert answer.headers["content-type"] == SVG
    assert answer.headers["cache-control"] == BADGE_CACHE
    assert answer.headers["content-security-policy"] == NON_HTML_CSP
    assert 'role="img"' in answer.text
    assert not {"style", "<script", "href", "@import"} & set(answer.text.split())


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_name_stays_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    answer = badge(profile(record(name=text)))

    tags = {element.tag.removeprefix(_SVG) for element in ET.fromstring(answer.body).iter()}  # noqa: S314
    assert tags == {"svg", "title", "rect", "path", "g", "text"}
    assert len(words(answer)[0]) <= 160


def test_wider_text_takes_more_pixels() -> None:
    assert 0 < text_width("il") < text_width("an") < text_width("MW")
    assert text_width("$3/M") == round(7 + 7 + 4.5 + 10.4)


def test_badge_of_an_unknown_model_is_an_image_that_says_so() -> None:
    app = create_app(MemoryStore(stored(profile(HERMES))))

    answer = ask(app, "/no/such-model/badge.svg")

    assert (answer.status, answer.headers["content-type"]) == (404, SVG)
    assert words(answer)[1:] == ["model", "not found"]
    assert answer.headers["cache-control"] == "public, max-age=10, s-maxage=30"
