"""Pages by keyboard and by thumb: the skip link, visible focus, targets, and buttons that copy."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.servers.browser import DESK, PHONE, visiting

pytestmark = pytest.mark.e2e

PAGES = {
    "explorer": "/?by=google&has=tools&sort=-context",
    "model": "/moonshotai/kimi-k2.6",
    "author": "/mistralai",
    "comparison": "/compare?m=google/gemini-2.5-pro&m=openai/gpt-4o&m=openai/gpt-4o-mini",
    "changes": "/changes?kind=context",
    "methodology": "/methodology",
    "API": "/api",
}
SIZES = {"phone": PHONE, "desk": DESK}
# The height of a target on a phone, in pixels.
MIN_TARGET = 44
MAX_STOPS = 400

# Where the focus is: its place in the page, and whether it is outlined, on the screen and on top.
FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one), box = one.getClientRects()[0];
  const middle = (start, end, edge) => (Math.max(start, 0) + Math.min(end, edge)) / 2;
  const x = middle(box.left, box.right, innerWidth);
  const top = document.elementFromPoint(x, middle(box.top, box.bottom, innerHeight));
  const isSeen = top !== null && (one.contains(top) || top.contains(one));
  const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const place = [...document.querySelectorAll("*")].indexOf(one);
  return [place, isSeen && isOutlined, one.outerHTML.slice(0, 80)];
}"""

# Links inside sentences are exempt, as WCAG 2.5.8 has it; those that stand alone are not.
SMALL_TARGETS = """(least) => {
  const alone = "header a, .actions a, .links a, .do a, .choices a, .pages a, .tags a, .tools a, " +
    ".trail a, .related a, #exports a, button, select, summary, input:not([type=checkbox])";
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  return [...document.querySelectorAll(alone)].filter(isShown)
    .filter((one) => one.getBoundingClientRect().height < least - 0.5)
    .map((one) => one.outerHTML.slice(0, 80));
}"""


def unseen_stops(page: Page) -> list[Any]:
    """Return the elements that Tab reaches without their focus being seen."""
    unseen, reached = [], set()
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus[0] in reached:
            break
        reached.add(focus[0])
        if not focus[1]:
            unseen.append(focus[2])
    assert len(reached) > 5
    return unseen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_focus_is_seen_at_every_stop(browser: Browser, address: str, name: str, size: str) -> None:
    with visiting(browser, address, size=SIZES[size]) as visit:
        visit.page.goto(PAGES[name])

        assert unseen_stops(visit.page) == []


@pytest.mark.parametrize("name", PAGES)
def test_skip_link_leads_past_the_header(browser: Browser, address: str, name: str) -> None:
    with visiting(browser, address, script=False) as visit:
        page = visit.page
        page.goto(PAGES[name])
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("name", PAGES)
def test_targets_on_a_phone_have_44_pixels(browser: Browser, address: str, name: str) -> None:
    with visiting(browser, address, size=PHONE) as visit:
        visit.page.goto(PAGES[name])
        visit.page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")

        assert visit.page.evaluate(SMALL_TARGETS, MIN_TARGET) == []


@pytest.mark.parametrize("size", SIZES)
def test_every_copy_button_of_a_model_copies(browser: Browser, address: str, size: str) -> None:
    with visiting(browser, address, size=SIZES[size]) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/openai/gpt-4o")
        page.get_by_role("link", name="Copy link").click()
        expect(page.locator("#copied")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == f"{address}/openai/gpt-4o"

        fields = page.locator(".copy input")
        assert fields.count() >= 3
        for number in range(fields.count()):
            fields.nth(number).locator("+ button").click()
            expect(fields.nth(number).locator("+ button")).to_have_text("Copied")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == fields.nth(number).input_value()
        assert visit.errors == []
