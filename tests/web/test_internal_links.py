"""Every way inside the site leads where it says, at once: a crawl from the front page.

A comparison is reached by a form alone, and so is where it begins too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.web.http.headers import HTML
from scripts.sample_data.load import load_sample
from tests.support.builders import MemoryStore
from tests.support.constants import SITE_URL
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat

# Views of a page lead to ever more of them; this many of each are followed.
MAX_VIEWS = repeat(20, 60)
FIRST = ("/", "/compare?m=openai/gpt-4o&m=google/gemini-2.5-pro&m=google/gemini-2.5-flash")


class Ways(HTMLParser):
    """The addresses that a page leads to, by links, pictures and alternates."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        way = named.get("href") if tag in ("a", "link") else named.get("src")
        if way and not way.startswith("data:"):
            self.found.add(way)


def ways_of(answer: Answer, address: str) -> set[str]:
    """Return the whole addresses inside the site that an answer leads to, without fragments."""
    ways = Ways(answer.text).found if answer.headers["content-type"] == HTML else set()
    whole = {urljoin(address, way).partition("#")[0] for way in ways}
    return {way for way in whole if way.startswith(f"{SITE_URL}/") or way == SITE_URL}


def crawled(store: MemoryStore) -> Iterator[tuple[str, Answer]]:
    """Yield every address that the first pages lead to, however far, with its answer."""
    app, views = create_app(store), Counter[str]()
    waiting = [SITE_URL + path for path in FIRST]
    known = set(waiting)
    while waiting:
        address = waiting.pop()
        parts = urlsplit(address)
        views[parts.path] += bool(parts.query)
        if parts.query and views[parts.path] > MAX_VIEWS:
            continue
        is_drawn = parts.path.endswith(".png")
        method = "HEAD" if is_drawn else "GET"
        answer = ask(app, unquote(parts.path), method, query=parts.query)
        yield address, answer
        new = ways_of(answer, address) - known
        known |= new
        waiting += sorted(new)


@pytest.mark.e2e
def test_every_way_inside_the_site_is_answered_without_a_detour(tmp_path: Path) -> None:
    load_sample(local_snapshot_repository(tmp_path), markdown_renderer())
    found = dict(crawled(MemoryStore(FileStore(tmp_path).read().body)))

    assert {at: answer.status for at, answer in found.items() if answer.status != 200} == {}
    kinds = {kind_of(address) for address in found}
    assert kinds >= {"page", "preview", "author", "feed", "markdown", "view", "comparison"}


def kind_of(address: str) -> str:
    """Return what an address is of, of the kinds that must be met."""
    kinds = {
        "preview": r"/[^/?]+/[^/?]+/preview",
        "feed": r".*/feed\.xml.*",
        "markdown": r".*\.md",
        "comparison": r"/compare\?.*",
        "view": r"/\?.*",
        "author": r"/[a-z0-9-]+",
        "page": r"/[^/?]+/[^/?.]+",
    }
    path = address.removeprefix(SITE_URL)
    return next((kind for kind, form in kinds.items() if re.fullmatch(form, path)), "other")
