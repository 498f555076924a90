"""The site in a real browser: what a visitor does, with JavaScript and without, and by keyboard."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from scripts.local_stack.processes import LOOPBACK
from tests.support.builders import HERMES
from tests.support.pages.page_head import head_of
from tests.support.servers.browser import DESK, PHONE, Scheme, Visit, visiting
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

COMPARISON = "/compare?m=google/gemini-2.5-pro&m=openai/gpt-4o"
TOP = "one => one.getBoundingClientRect().top"
PAGES = {
    "explorer": "/",
    "view": "/?by=google&has=tools&price=0-5&sort=-context",
    "empty view": "/?q=nothing+at+all",
    "model with tiers": "/google/gemini-2.5-pro",
    "image model": "/krea/krea-2-large",
    "withdrawn model": "/inclusionai/ling-3.0-flash:free",
    "alias": "/~z-ai/glm-latest",
    "preview": "/google/gemini-2.5-pro/preview",
    "author": "/google",
    "comparison": COMPARISON,
    "one alone": "/compare?m=google/gemini-2.5-pro",
    "changes": "/changes",
    "filtered changes": "/changes?kind=price&period=all",
    "methodology": "/methodology",
    "API": "/api",
    "missing": "/no/such-model",
}
SIZES = {"phone": PHONE, "desk": DESK}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def models(page: Page) -> list[str]:
    """Return the ids of the models in the table, in their order."""
    marks = page.locator("#results input[name=m]:not([type=hidden])")
    return list(marks.evaluate_all("boxes => boxes.map(box => box.value)"))


def canonical_of(page: Page) -> str:
    """Return the address that a page is to be shared by, from its first slash on."""
    return urlsplit(head_of(page.content()).canonical)._replace(scheme="", netloc="").geturl()


def filter_sort_and_compare(visit: Visit, address: str, name: str, *, script: bool) -> None:
    """Go the way of a visitor: filter, sort, mark two, compare, and come back to the view."""
    page = visit.page
    page.goto("/")
    visit.shot(f"{name}-explorer")
    page.locator("#more summary").click()
    page.get_by_label("Author").select_option("Google")
    page.get_by_label("Max input price").fill("5")
    page.locator("#more").get_by_role("button", name="Apply").click()
    expect(page.locator("#count")).to_contain_text("models by Google, up to $5/M in")
    page.get_by_label("Sort by").select_option("Context: longest first")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Context")
    view = "/?by=google&price=0-5&sort=-context"
    assert (page.url if script else f"{address}{canonical_of(page)}") == f"{address}{view}"
    visit.shot(f"{name}-view")
    shown = models(page)
    for number in (0, 1):
        page.locator("#results input[name=m]").nth(number).check()
    if script:
        expect(page.locator(".bar button")).to_have_text("Compare selected (2)")
    page.locator(".bar button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 models")
    visit.shot(f"{name}-comparison")
    assert canonical_of(page) == "/compare?" + "&".join(f"m={i}" for i in shown[:2])
    page.go_back()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Context")
    assert canonical_of(page) == view
    assert models(page) == shown


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("size", SIZES)
def test_a_visitor_filters_sorts_compares_and_comes_back(
    browser: Browser, address: str, size: str, script: bool
) -> None:
    with visiting(browser, address, size=SIZES[size], script=script) as visit:
        filter_sort_and_compare(
            visit, address, f"{size}-{'script' if script else 'plain'}", script=script
        )

        assert (visit.errors, visit.hosts) == ([], {address.removeprefix("http://")})


def test_shared_view_equals_its_url(browser: Browser, address: str) -> None:
    """Whoever follows the address that a visitor shares sees the same models."""
    with visiting(browser, address) as visit, visiting(browser, address, script=False) as other:
        visit.page.goto("/")
        visit.page.get_by_label("Search models").type("flash lite")
        expect(visit.page.locator("#count")).to_contain_text("matching “flash lite”")
        other.page.goto(visit.page.url)

        assert other.page.title() == visit.page.title() != "Burgee"
        assert models(other.page) == models(visit.page) != []


@pytest.mark.parametrize("submit", ["at once", "after the form was applied"])
def test_going_back_shows_the_view_before(browser: Browser, address: str, submit: str) -> None:
    """Whether the button or the script applies a form first, the views before it stay."""
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/")
        before = models(page)
        page.get_by_label("Free", exact=True).check()
        if submit == "after the form was applied":
            page.wait_for_url("**/?is=free")
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.locator("#count")).to_contain_text("free models")
        page.get_by_role("link", name="Remove: free").click()
        expect(page.locator("#count")).not_to_contain_text("free")
        page.go_back()
        expect(page.locator("#count")).to_contain_text("free models")
        page.go_back()
        expect(page.locator("#count")).not_to_contain_text("free")

        assert (models(page), page.get_by_label("Free", exact=True).is_checked()) == (before, False)


def test_edits_in_a_row_are_one_step_back(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/?is=free")
        for words in ("qwen", "qwen coder"):
            page.get_by_label("Search models").fill(words)
            expect(page.locator("#count")).to_contain_text(f"“{words}”")
        page.go_back()
        expect(page.locator("#count")).not_to_contain_text("qwen")

        assert page.url == f"{address}/?is=free"


def test_marks_outlive_a_change_of_the_view(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/")
        first = models(page)[0]
        page.locator("#results input[name=m]").first.check()
        page.locator("#more summary").click()
        page.get_by_label("Author").select_option("OpenAI")
        expect(page.locator("#count")).to_contain_text("by OpenAI")
        second = models(page)[0]
        page.locator("#results input[name=m]").first.check()
        expect(page.locator(".bar button")).to_have_text("Compare selected (2)")
        page.locator(".bar button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 models")

        assert all(model in page.url for model in (first, second))


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("size", SIZES)
def test_a_month_is_priced_from_a_models_page(
    browser: Browser, address: str, size: str, script: bool
) -> None:
    with visiting(browser, address, size=SIZES[size], script=script) as visit:
        page = visit.page
        page.goto("/openai/gpt-4o")
        form = page.get_by_role("form", name="Cost calculator")
        form.get_by_label("Input tokens").fill("10M")
        form.get_by_label("Output tokens").fill("2 million")
        form.get_by_label("Cached input").fill("50%")
        form.get_by_role("button", name="Calculate").click()

        # 5M tokens at $2.50, 5M from the cache at $1.25, 2M at $10.
        expect(page.locator(".total")).to_have_text(
            "$38.75 10,000,000 tokens in (50% cached), 2,000,000 out, in total"
        )
        query = "m=openai/gpt-4o&in=10000000&out=2000000&cached=50&requests=any"
        assert canonical_of(page) == f"/compare?{query}"
        assert visit.errors == []


def test_focus_and_open_filters_outlive_sorting(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/")
        page.locator("#more summary").click()
        page.locator("#by-context").focus()
        page.keyboard.press("Enter")
        expect(page.locator("th[aria-sort=descending]")).to_contain_text("Context")

        expect(page.locator("#by-context")).to_be_focused()
        expect(page.locator("#more")).to_have_attribute("open", "")


def test_value_that_is_not_understood_is_said_at_once(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/")
        page.locator("#more summary").click()
        page.get_by_label("Max input price").fill("cheap")

        expect(page.locator("#max-price-problem")).to_contain_text("is not understood")
        expect(page.get_by_label("Max input price")).to_have_value("cheap")
        page.get_by_label("Max input price").fill("0,5")
        expect(page.locator("#count")).to_contain_text("up to $0.50/M in")
        expect(page.locator("#max-price-problem")).to_be_empty()


@pytest.mark.parametrize(
    ("size", "highest", "fewest"), [("phone", 420, 1), ("desk", 330, 8)], ids=["phone", "desk"]
)
def test_models_stand_within_the_first_screen(
    browser: Browser, address: str, size: str, highest: int, fewest: int
) -> None:
    with visiting(browser, address, size=SIZES[size]) as visit:
        visit.page.goto("/")
        rows = visit.page.locator("#results tbody tr")
        ends = rows.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")

        assert rows.first.evaluate(TOP) <= highest
        assert sum(end <= SIZES[size]["height"] for end in ends) >= fewest


@pytest.mark.parametrize("size", SIZES)
def test_rows_keep_their_semantics_at_every_width(
    browser: Browser, address: str, size: str
) -> None:
    with visiting(browser, address, size=SIZES[size]) as visit:
        page = visit.page
        page.goto("/?q=gemini-2.5-pro")
        row = page.get_by_role("table").get_by_role("row").filter(has_text="google/gemini-2.5-pro")

        name = "Google: Gemini 2.5 Pro"
        expect(row.get_by_role("rowheader", name=name, exact=True).first).to_be_visible()
        expect(row.get_by_role("checkbox", name=name, exact=True).first).to_be_visible()


def test_column_heads_stay_while_rows_scroll(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.page.goto("/")
        visit.page.evaluate("scrollTo(0, 2000)")
        top = visit.page.locator("#results thead th").nth(1).evaluate(TOP)

        assert abs(top) <= 1


def test_a_cost_is_calculated_by_a_form(browser: Browser, address: str) -> None:
    with visiting(browser, address, script=False) as visit:
        page = visit.page
        page.goto("/compare?m=openai/gpt-4o")
        page.get_by_label("Input tokens").fill("2000")
        page.get_by_label("Output tokens").fill("0")
        page.get_by_label("Requests").fill("1000")
        page.get_by_role("button", name="Calculate").click()

        query = "m=openai%2Fgpt-4o&m=&in=2000&out=0&cached=0&requests=1000"
        assert page.url == f"{address}/compare?{query}"
        expect(page.locator(".total strong")).to_have_text("$5")
        assert canonical_of(page) == "/compare?m=openai/gpt-4o&in=2000&out=0&requests=1000"


def test_models_are_suggested_while_a_name_is_typed(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto("/compare")
        page.get_by_label("Models to compare").press_sequentially("openai/gpt-4o, gemini-2.5-p")
        option = page.locator('#found option[value="openai/gpt-4o,google/gemini-2.5-pro"]')
        expect(option).to_have_text("Google: Gemini 2.5 Pro")

        assert visit.errors == []


def test_a_comparison_is_shared_with_one_click(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{COMPARISON}&in=1e6")
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("status")).to_have_text("Link copied")

        copied = page.evaluate("navigator.clipboard.readText()")
        assert urlsplit(copied)._replace(scheme="", netloc="").geturl() == (
            f"{COMPARISON}&in=1000000"
        )


def test_row_labels_stay_while_a_comparison_scrolls(browser: Browser, address: str) -> None:
    with visiting(browser, address, size=PHONE) as visit:
        page = visit.page
        page.goto(f"{COMPARISON}&m=openai/gpt-4o-mini&m=nousresearch/hermes-4-405b")
        label = page.get_by_role("rowheader", name="Total cost")
        before = label.bounding_box()
        page.locator(".scroll").evaluate("region => region.scrollLeft = 200")

        assert page.locator(".scroll").evaluate("region => region.scrollLeft") == 200
        assert label.bounding_box() == before


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_only_the_script_marks_the_present_hour(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    peak = {"utc_days": ["monday"], "utc_start": 100, "utc_end": 400, "prompt": "0.000002"}
    by_hour = HERMES | {"pricing": {**HERMES["pricing"], "overrides": [peak]}}
    catalog = tmp_path / "2026-01-02.json"
    catalog.write_text(json.dumps([by_hour]))

    with (
        serving("--catalog", catalog) as (address, _),
        visiting(browser, address.replace(LOOPBACK, "localhost"), script=script) as visit,
    ):
        visit.page.goto(f"/{HERMES['id']}")
        expect(visit.page.locator("svg.week .present")).to_have_count(int(script))
        expect(visit.page.get_by_text("The outlined hour")).to_be_visible(visible=script)
        assert visit.errors == []


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_keyboard_alone_reaches_and_operates_everything(
    browser: Browser, address: str, script: bool
) -> None:
    with visiting(browser, address, script=script) as visit:
        page = visit.page
        page.goto("/?by=openai&q=gpt-4o")
        wanted = page.locator("a, button, input, select, summary, [tabindex='0']")
        reachable = [one for one in wanted.all() if one.is_visible()]
        reached = set()
        for _ in range(len(reachable) + 5):
            page.keyboard.press("Tab")
            reached.add(page.evaluate(PLACE))
        assert len(reached - {None}) == len(reachable)

        page.locator("#results input[name=m]").nth(0).focus()
        page.keyboard.press("Space")
        page.locator("#results input[name=m]").nth(1).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 models")
        page.get_by_label("Input tokens").focus()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("5")
        page.keyboard.press("Enter")
        expect(page.locator("caption")).to_contain_text("5 tokens in")


PLACE = """() => {
  const focused = document.activeElement;
  return focused === document.body ? null : [...document.querySelectorAll("*")].indexOf(focused);
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_pass_the_accessibility_checks(
    browser: Browser, address: str, name: str, size: str, scheme: Scheme
) -> None:
    """By axe's rules; nor does a page scroll sideways, complain or ask anybody else."""
    with visiting(browser, address, size=SIZES[size], scheme=scheme) as visit:
        visit.page.goto(PAGES[name])
        visit.shot(f"{name.replace(' ', '-')}-{size}-{scheme}")
        found = Axe().run(visit.page).response["violations"]
        sideways = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")

        missing = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert sideways <= 0
        assert visit.errors == (missing if name == "missing" else [])
        assert visit.hosts == {address.removeprefix("http://")}
