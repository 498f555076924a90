"""What a page of another site may embed and read, in a browser that enforces it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.support.servers.browser import visiting
from tests.support.servers.upstream import Upstream, answers

pytestmark = pytest.mark.e2e

MODEL = "/google/gemini-2.5-pro"
# A page that isolates itself: it shows nothing of another site that does not agree.
ISOLATED = {"Content-Type": "text/html", "Cross-Origin-Embedder-Policy": "require-corp"}

FETCH = """async ([url, etag]) => {
  const answer = await fetch(url, etag ? { headers: { "If-None-Match": etag } } : {});
  return [answer.status, answer.headers.get("ETag"), await answer.text()];
}"""
SHOW = """async ([url, mode]) => {
  const image = new Image(), canvas = document.createElement("canvas");
  if (mode) image.crossOrigin = mode;
  image.src = url;
  await image.decode();
  canvas.getContext("2d").drawImage(image, 0, 0);
  if (mode) canvas.toDataURL();  // which a script may do only where it may read the image
  return [image.naturalWidth, image.naturalHeight];
}"""
TITLES = """(xml) => [...new DOMParser().parseFromString(xml, "application/xml")
  .querySelectorAll("feed > title")].map((title) => title.textContent)"""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    with Upstream(answers(200, b"<!doctype html><title>Another site</title>", ISOLATED)) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, other_site: str) -> Iterator[Page]:
    with visiting(browser, other_site) as visit:
        visit.page.goto("/")
        yield visit.page


def fetch(page: Page, url: str, etag: str = "") -> Any:
    """Return the status, the ETag and the text that a script of the page reads at a URL."""
    return page.evaluate(FETCH, [url, etag])


@pytest.mark.parametrize("path", ["/api/models", f"/api/models{MODEL}/history", "/api/status"])
def test_script_asks_whether_an_answer_changed(page: Page, address: str, path: str) -> None:
    status, etag, text = fetch(page, address + path)
    unchanged = fetch(page, address + path, etag)
    changed = fetch(page, address + path, '"another"')

    assert (status, etag[0], text[0]) == (200, '"', "{")
    assert unchanged == [304, etag, ""]
    assert changed == [200, etag, text]


def test_script_reads_why_the_api_refuses(page: Page, address: str) -> None:
    status, _, text = fetch(page, f"{address}/api/models/no/such-model", '"any"')

    assert (status, "No model has the address" in text) == (404, True)


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (f"{MODEL}/card.png", [1200, 630]),
        ("/card.png", [1200, 630]),
        (f"{MODEL}/badge.svg", None),
        (f"/models{MODEL}/badge.svg", None),
    ],
)
@pytest.mark.parametrize("mode", ["", "anonymous"], ids=["shown", "read"])
def test_page_shows_and_reads_badges_and_cards(
    page: Page, address: str, path: str, size: list[int] | None, mode: str
) -> None:
    width, height = page.evaluate(SHOW, [address + path, mode])

    assert width > height > 10
    assert size in (None, [width, height])


@pytest.mark.parametrize("path", ["/feed.xml", "/google/feed.xml", f"/models{MODEL}/feed.xml"])
def test_script_reads_a_feed(page: Page, address: str, path: str) -> None:
    status, etag, text = fetch(page, address + path)

    assert (status, etag[0]) == (200, '"')
    assert len(page.evaluate(TITLES, text)) == 1


def test_script_reads_the_csv(page: Page, address: str) -> None:
    status, _, text = fetch(page, f"{address}/models.csv")

    assert (status, "google/gemini-2.5-pro" in text) == (200, True)


@pytest.mark.parametrize(("path", "etag"), [("/", ""), (MODEL, ""), ("/feed.xml", '"any"')])
def test_pages_and_other_preflights_stay_closed(
    page: Page, address: str, path: str, etag: str
) -> None:
    with pytest.raises(Error, match="Failed to fetch"):
        fetch(page, address + path, etag)
