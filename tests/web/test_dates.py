"""Dates of release and retirement on every surface, at the time of the snapshot."""

import csv
import json
from datetime import datetime
from io import StringIO
from typing import Any

import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.profile import Profile
from handler.web.cards.content.model import card_for_profile
from tests.support.builders import AS_OF, MemoryStore, priced, profile, stored, withdrawn
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_text import lines_of

RELEASED = int(datetime.fromisoformat("2026-08-20T12:00:00+00:00").timestamp())
IMPOSSIBLE = {"1970": 1, "2019": 1_577_836_799, "2096": 4_000_000_000}
PATH = "/acme/one"


def one(**fields: Any) -> dict[str, Any]:
    return priced("acme/one", "0.000001", "0.000002", **fields)


def site(*profiles: Profile) -> AsgiApp:
    return create_app(MemoryStore(stored(*profiles)))


def csv_row(app: AsgiApp) -> dict[str, str]:
    (row,) = csv.DictReader(StringIO(ask(app, "/models.csv").text))
    return row


def test_a_possible_release_is_on_every_surface() -> None:
    known = profile(one(created=RELEASED))
    app = site(known)
    html = ask(app, PATH).text

    assert "On OpenRouter since 20 August 2026" in " ".join(lines_of(html))
    assert 'property="article:published_time" content="2026-08-20T12:00:00+00:00"' in html
    assert "- On OpenRouter since: 20 August 2026" in ask(app, f"{PATH}.md").text
    assert card_for_profile(known, AS_OF).badge == "Since August 2026"
    assert csv_row(app)["added"] == "2026-08-20"
    assert "<b>new</b>" in ask(app, "/").text
    assert json.loads(ask(app, f"/api/models{PATH}").body)["created"] == RELEASED
    assert json.loads(ask(app, "/api/models").body)["models"][0]["created"] == RELEASED


@pytest.mark.parametrize("created", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_impossible_release_is_in_the_raw_record_alone(created: int) -> None:
    known = profile(one(created=created))
    app = site(known)
    html = ask(app, PATH).text

    assert "article:published_time" not in html
    assert "On OpenRouter since —not published" in " ".join(lines_of(html))
    assert "- On OpenRouter since: not published" in ask(app, f"{PATH}.md").text
    assert card_for_profile(known, AS_OF).badge == ""
    assert csv_row(app)["added"] == ""
    explorer = ask(app, "/").text
    assert '<span class="mark">new</span>' not in explorer
    assert not [month for month in ("Jan 1970", "Dec 2019", "Oct 2096") if month in explorer]
    assert json.loads(ask(app, "/api/models").body)["models"][0]["created"] is None
    shown = json.loads(ask(app, f"/api/models{PATH}").body)
    assert (shown["created"], shown["openrouter_raw"]["created"]) == (None, created)
    (compared,) = json.loads(ask(app, "/api/compare", query="m=acme/one").body)["models"]
    assert compared["created"] is None


def test_models_without_a_possible_release_are_sorted_last() -> None:
    future = priced("acme/future", "0.000001", "0.000002", created=4_000_000_000)
    app = site(profile(future), profile(one(created=RELEASED)))

    listed = json.loads(ask(app, "/api/models").body)["models"]

    assert [model["id"] for model in listed] == ["acme/one", "acme/future"]


LISTED, GONE = profile, withdrawn  # as of 22 August 2026; the list of the 23rd lacks what is gone
UNTIL, DUE = "This model retires on", "This model was due to retire on"


@pytest.mark.parametrize(
    ("known", "sentence", "label", "badge"),
    [
        (LISTED, f"{UNTIL} 22 August 2026.", "Retires on", "Until 22 August 2026"),
        (LISTED, f"{UNTIL} 30 September 2026.", "Retires on", "Until 30 September 2026"),
        (LISTED, f"{DUE} 21 August 2026.", "Was due to retire on", "Was due to retire 21 Aug 2026"),
        (GONE, "It retired on 23 August 2026.", "Retired on", "No longer listed"),
        (GONE, "It was to retire on 30 September 2026.", "Was to retire on", "No longer listed"),
    ],
    ids=["last day", "before", "after", "retired", "gone early"],
)
def test_a_last_day_is_told_as_of_the_snapshot(
    known: Any, sentence: str, label: str, badge: str
) -> None:
    day = " ".join(sentence.rstrip(".").split()[-3:])
    raw = one(expiration_date=datetime.strptime(day, "%d %B %Y").date().isoformat())
    app = site(known(raw))

    text = " ".join(lines_of(ask(app, PATH).text))
    markdown = ask(app, f"{PATH}.md").text

    assert sentence in text
    assert f"{label} {day}" in text
    assert sentence in markdown
    assert f"- {label}: {day}" in markdown
    assert card_for_profile(known(raw), AS_OF).badge == badge
    assert ask(app, f"{PATH}/card.png").status == 200


def test_no_impossible_last_day_is_shown() -> None:
    for day in ("2098-12-31", "9999-12-31", "0001-01-01"):
        known = profile(one(expiration_date=day))
        text = " ".join(lines_of(ask(site(known), PATH).text))

        assert "Retires on" not in text
        assert "due to retire" not in text
        assert card_for_profile(known, AS_OF).is_warning is False
