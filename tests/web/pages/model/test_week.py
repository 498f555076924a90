import re
from typing import Any

import pytest

from handler.domain.pricing.parse import parse_pricing
from handler.web.pages.model.week import week_section
from tests.support.builders import AS_OF, HERMES, MemoryStore, profile, stored
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

LOW = {"prompt": "0.00000066", "completion": "0.00000198"}
HIGH = {"prompt": "0.00000132", "completion": "0.00000396"}
PEAK = {"utc_days": ["monday", "tuesday"], "utc_start": 130, "utc_end": 400, **HIGH}
BY_HOUR = HERMES | {"pricing": {**LOW, "overrides": [PEAK]}}


def page(raw: dict[str, Any], suffix: str = "") -> str:
    return ask(create_app(MemoryStore(stored(profile(raw)))), f"/{raw['id']}{suffix}").text


def test_strip_has_a_row_for_each_day_split_where_prices_change() -> None:
    section = week_section(parse_pricing(BY_HOUR["pricing"], "acme/one", ("text",)), AS_OF)
    assert section is not None

    rows = [[cell for cell in section.cells if cell.y == 21 * day] for day in range(7)]
    assert [[cell.level for cell in row] for row in rows] == [[0, 1, 0]] * 2 + [[0]] * 5
    assert [(cell.x, cell.width) for cell in rows[0]] == [(36, 18), (54, 30), (84, 240)]
    assert {sum(cell.width for cell in row) for row in rows} == {288}


def test_page_says_the_week_and_what_held_at_its_moment() -> None:
    lines = lines_of(page(BY_HOUR))

    start = lines.index("Prices by the hour")
    assert lines[start + 1 : start + 3] == [
        "Input: $0.66/M; $1.32/M on Monday and Tuesday 01:30–04:00 UTC. At 18:35 UTC on 22 August: "
        "$0.66/M, until Monday, 01:30 UTC.",
        "Output: $1.98/M; $3.96/M on Monday and Tuesday 01:30–04:00 UTC. At 18:35 UTC on 22 "
        "August: $1.98/M, until Monday, 01:30 UTC.",
    ]
    table = lines.index("Hours | Input | Output")
    assert lines[table + 2] == "On Monday and Tuesday 01:30–04:00 UTC | $1.32/M | $3.96/M"


def test_description_says_by_the_hour() -> None:
    description = head_of(page(BY_HOUR)).names["description"]

    assert description.startswith("from $0.66/M in, $1.98/M out by the hour · 131K context")


def test_markdown_says_the_week() -> None:
    assert "- Input: $0.66/M; $1.32/M on Monday and Tuesday 01:30–04:00 UTC. At 18:35 UTC" in page(
        BY_HOUR, ".md"
    )


@pytest.mark.parametrize("raw", [HERMES, BY_HOUR], ids=["one price", "by the hour"])
def test_only_pages_with_hours_have_the_script(raw: dict[str, Any]) -> None:
    html = page(raw)

    assert ("svg.week" in html) is ("Prices by the hour" in html) is (raw is BY_HOUR)


def test_page_does_not_speak_of_now() -> None:
    without_script, _, _ = page(BY_HOUR).partition("<script>//")

    assert not re.search(r"\bnow\b", "\n".join(lines_of(without_script)).lower())
