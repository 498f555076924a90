"""Text that is large, long or narrow stays readable on every kind of page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from scripts.local_stack.processes import LOOPBACK
from tests.support.builders import HERMES
from tests.support.external import real_part
from tests.support.pages.text_layout import TextLayout, text_layout
from tests.support.servers.browser import DESK, FLAGS, PHONE, visiting
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

NARROW = {"width": 320, "height": 800}
# A desk of 1,280 pixels at a zoom of 200 %.
ZOOMED = {"width": 640, "height": 450}
# The font size that a visitor sets in the browser, in pixels: 200 % of the default.
LARGE = 32

PAGES = {
    "preview": "/google/gemini-2.5-pro/preview",
    "explorer": "/",
    "view": "/?by=google&has=tools&price=0-5&sort=-context",
    "near misses": "/?q=cluade+sonet",
    "model with tiers": "/google/gemini-2.5-pro",
    "model with many providers": "/moonshotai/kimi-k2.6",
    "image model": "/krea/krea-2-large",
    "withdrawn model": "/inclusionai/ling-3.0-flash:free",
    "author": "/google",
    "comparison": "/compare?m=google/gemini-2.5-pro&m=openai/gpt-4o&m=openai/gpt-4o-mini",
    "cost": "/compare?m=google/gemini-2.5-pro&in=10M&cached=50",
    "changes": "/changes",
    "methodology": "/methodology",
    "API": "/api",
    "missing": "/no/such-model",
}


@pytest.fixture(scope="module")
def large_text(browser: Browser) -> Iterator[Browser]:
    """A browser whose default font size is doubled."""
    flags = [*FLAGS.split(), f"--blink-settings=defaultFontSize={LARGE}"]
    place = real_part("BURGEE_CHROMIUM")
    running = browser.browser_type.launch(executable_path=place, args=flags)
    yield running
    running.close()


@pytest.mark.parametrize("size", [NARROW, ZOOMED], ids=["320 pixels", "zoom of 200 %"])
@pytest.mark.parametrize("name", PAGES)
def test_text_is_readable_on_narrow_screens(
    browser: Browser, address: str, name: str, size: dict[str, int]
) -> None:
    with visiting(browser, address, size=size) as visit:
        visit.page.goto(PAGES[name])

        assert text_layout(visit.page) == TextLayout()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PAGES)
def test_text_of_twice_the_size_is_readable(
    large_text: Browser, address: str, name: str, size: dict[str, int]
) -> None:
    with visiting(large_text, address, size=size) as visit:
        visit.page.goto(PAGES[name])

        assert text_layout(visit.page) == TextLayout()


LONG_PRICES = {"prompt": "0.0012345678", "completion": "0.0000005415000001"}
LONG_PRICES |= {"input_cache_read": "0.000000098765", "web_search": "0.0123456"}


def long_records() -> Iterator[dict[str, Any]]:
    """Yield records with long prices, before and after each other in every list."""
    for number in range(3):
        tiers = {"overrides": [{"min_prompt_tokens": 1_234_567, "prompt": "0.0023456789"}]}
        yield HERMES | {
            "id": f"acme/long-{number}",
            "name": f"Acme: Long Prices {number}",
            "context_length": 12_345_678,
            "pricing": LONG_PRICES | (tiers if number else {}),
        }


@pytest.fixture(scope="module")
def long_prices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose models have prices of many digits."""
    catalog = tmp_path_factory.mktemp("catalog") / "2026-01-02.json"
    catalog.write_text(json.dumps(list(long_records())))
    with serving("--catalog", Path(catalog)) as (address, _):
        yield address.replace(LOOPBACK, "localhost")


COMPARED = "&".join(f"m=acme/long-{number}" for number in range(3))


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=["320 pixels", "phone", "desk"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/acme",
        "/acme/long-0",
        "/acme/long-1",
        f"/compare?{COMPARED}&in=123456789",
        "/compare?m=acme/long-1&in=123456789&out=987654321",
    ],
)
def test_long_numbers_never_break(
    browser: Browser, long_prices: str, path: str, size: dict[str, int]
) -> None:
    with visiting(browser, long_prices, size=size) as visit:
        visit.page.goto(path)

        assert text_layout(visit.page) == TextLayout()
