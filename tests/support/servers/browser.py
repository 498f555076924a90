"""Chromium, as a visitor has it: with or without JavaScript, small or large, light or dark."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}

Scheme = Literal["light", "dark"]

# Far above what any step takes: a busy machine must not fail a test.
_TIMEOUT_MS = 60_000
expect.set_options(timeout=_TIMEOUT_MS)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
)


@dataclass
class Visit:
    """A page in the browser, with all that went wrong on it and every host that it asked.

    An action of the visitor is a click, a choice in a select, or what is typed into one field,
    with its Enter.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    actions: int = 0

    def watch(self) -> None:
        """Note what the console complains of, every dialog, and every request."""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))

    def click(self, target: Locator) -> None:
        """Click as one action."""
        self.actions += 1
        target.click()

    def choose(self, target: Locator, label: str) -> None:
        """Choose an option of a select as one action."""
        self.actions += 1
        target.select_option(label)

    def type(self, target: Locator, text: str, *, enter: bool = False) -> None:
        """Replace the text of a field, and press Enter if wanted, as one action."""
        self.actions += 1
        target.fill(text)
        if enter:
            target.press("Enter")

    def _note(self, told: ConsoleMessage) -> None:
        if told.type == "error":
            self.errors.append(told.text)

    def shot(self, name: str) -> None:
        """Keep a picture of the page, where BURGEE_PICTURES names a folder for them."""
        if folder := os.environ.get("BURGEE_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@contextmanager
def chromium(place: Path) -> Iterator[Browser]:
    """Run the browser at a place until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=FLAGS.split())
        yield browser
        browser.close()


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    *,
    size: dict[str, int] | None = None,
    scheme: Scheme = "light",
    script: bool = True,
) -> Iterator[Visit]:
    """Visit a site, whose paths the page then takes."""
    viewport: Any = size or DESK
    with browser.new_context(
        base_url=address, viewport=viewport, color_scheme=scheme, java_script_enabled=script
    ) as context:
        context.set_default_timeout(_TIMEOUT_MS)
        visit = Visit(context.new_page())
        visit.watch()
        yield visit
