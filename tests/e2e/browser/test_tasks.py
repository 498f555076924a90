"""The seven tasks of a visitor, on a phone and a desk, with JavaScript and without.

Each test names the page it starts on and the number of actions it may take.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.pages.page_head import head_of
from tests.support.servers.browser import DESK, PHONE, Visit, visiting

pytestmark = pytest.mark.e2e

EXPLORER = "/"
MODEL = "/openai/gpt-4o"
WANTED_CONTEXT = 200_000


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    return dict(request.param)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visit(browser: Browser, address: str, size: dict[str, int], script: bool) -> Iterator[Visit]:
    with visiting(browser, address, size=size, script=script) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield visit
        assert (visit.errors, visit.hosts) == ([], {address.removeprefix("http://")})


def model_ids(page: Page) -> list[str]:
    """Return the ids of the models in the explorer's table, in their order."""
    marks = page.locator("#results input[name=m]:not([type=hidden])")
    return list(marks.evaluate_all("boxes => boxes.map(box => box.value)"))


def fits(record: dict[str, Any]) -> bool:
    """Say whether a model takes images and calls tools."""
    takes_images = "image" in record["architecture"]["input_modalities"]
    return takes_images and "tools" in record["supported_parameters"]


def lowest_price(page: Page) -> float:
    """Return the lowest price above zero of all listed models that fit, by their raw records."""
    listed = page.request.get("/api/models?limit=1000").json()["models"]
    known = {one["id"]: one["PPM"]["prompt"] for one in listed if not one["withdrawn_since"]}
    long = {one["id"] for one in listed if (one["context_length"] or 0) >= WANTED_CONTEXT}
    for model in sorted((one for one in long if known.get(one)), key=lambda one: known[one]):
        if fits(page.request.get(f"/api/models/{model}").json()["openrouter_raw"]):
            return float(known[model])
    raise AssertionError("no model of the sample fits")


def test_the_cheapest_model_that_fits_is_found(visit: Visit, script: bool) -> None:
    page = visit.page
    page.goto(EXPLORER)
    visit.type(page.get_by_label("Search models"), "paid vision tools 200k", enter=True)
    expect(page.locator("#count")).to_contain_text("image input, tool calling and 200K+ context")
    visit.choose(page.get_by_label("Sort by"), "Input price: low to high")
    if not script:
        visit.click(page.get_by_role("button", name="Search"))
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)

    cheapest = page.request.get(f"/api/models/{model_ids(page)[0]}").json()
    assert fits(cheapest["openrouter_raw"])
    assert cheapest["PPM"]["prompt"] == lowest_price(page)
    assert visit.actions <= 4


def test_three_models_are_compared_and_shared(visit: Visit, script: bool) -> None:
    page = visit.page
    page.goto(EXPLORER)
    chosen = model_ids(page)[:3]
    for number in range(3):
        visit.click(page.locator("#results input[name=m]").nth(number))
    visit.click(page.get_by_role("button", name="Compare selected"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 3 models")
    shared = page.url
    if script:
        visit.click(page.get_by_role("button", name="Copy link"))
        expect(page.get_by_text("Link copied")).to_be_visible()
        shared = page.evaluate("navigator.clipboard.readText()")

    assert head_of(page.content()).canonical.endswith("?" + "&".join(f"m={i}" for i in chosen))
    assert visit.actions <= 5
    page.goto(urlsplit(shared)._replace(scheme="", netloc="").geturl())
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 3 models")


def test_the_cost_of_a_month_is_calculated(visit: Visit) -> None:
    page = visit.page
    page.goto(MODEL)
    visit.type(page.get_by_label("Input tokens"), "10M")
    visit.type(page.get_by_label("Output tokens"), "2M")
    visit.type(page.get_by_label("Cached input"), "50", enter=True)

    # 5M tokens at $2.50, 5M from the cache at $1.25, 2M at $10.
    expect(page.locator(".total strong")).to_have_text("$38.75")
    assert visit.actions <= 3


def test_changes_of_a_model_are_followed(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(MODEL)
    visit.click(page.get_by_role("link", name="Follow changes", exact=True))
    page.wait_for_url(f"{address}{MODEL}/feed.xml")

    # Any feed reader takes this address, and a browser shows the entries.
    expect(page.locator("feed > title")).to_contain_text("GPT-4o")
    expect(page.locator("feed > entry").first).to_be_visible()
    assert visit.actions <= 2


def test_a_view_is_downloaded_as_csv(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.goto("/?by=google&has=tools&sort=input")
    with page.expect_download() as downloading:
        visit.click(page.get_by_role("link", name="CSV", exact=True))
    place = tmp_path / "view.csv"
    downloading.value.save_as(place)
    with place.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row["id"] for row in csv.DictReader(opened)]

    assert rows[: len(model_ids(page))] == model_ids(page) != []
    assert visit.actions <= 1


def test_the_changes_of_last_month_are_found(visit: Visit) -> None:
    page = visit.page
    page.goto(EXPLORER)
    visit.click(page.get_by_role("link", name="Changes", exact=True))
    visit.click(page.get_by_role("link", name="Last month"))

    # The sample is of August 2026.
    expect(page.locator("h2 time").first).to_contain_text("July 2026")
    days = page.locator("h2 time").evaluate_all("all => all.map(one => one.dateTime.slice(0, 7))")
    assert set(days) == {"2026-07"}
    assert visit.actions <= 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cluade sonet 4.5", "/anthropic/claude-sonnet-4.5"),
        ("gpt4o mini", "/openai/gpt-4o-mini"),
        ("gemni 2.5 pro", "/google/gemini-2.5-pro"),
        ("deepseak r1", "/deepseek/deepseek-r1"),
    ],
)
def test_a_misspelt_model_is_found(visit: Visit, address: str, typed: str, found: str) -> None:
    page = visit.page
    page.goto(EXPLORER)
    visit.type(page.get_by_label("Search models"), typed, enter=True)
    expect(page.locator("#count")).to_contain_text(f"matching “{typed}”")
    first = page.locator("#results tbody th a, #results .notice li a").first
    assert first.get_attribute("href") == found
    visit.click(first)
    page.wait_for_url(address + found)

    assert visit.actions <= 2
