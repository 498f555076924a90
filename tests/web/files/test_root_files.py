"""llms.txt and sitemaps, read by the parsers of programs that use them."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from handler.asgi import AsgiApp
from handler.web.files.sitemap import SitemapUrl, render_sitemap
from handler.web.http.headers import TEXT, XML
from handler.web.rendering.templates import Templates
from tests.support.builders import AS_OF, HERMES, MemoryStore, profile, record, stored, withdrawn
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of

BYTES = stored(profile(HERMES), profile(record("~acme/latest")), withdrawn(record("acme/gone")))


def site() -> AsgiApp:
    return create_app(MemoryStore(BYTES))


def locations(xml: bytes) -> list[tuple[str, str | None]]:
    tree = ET.fromstring(xml)  # noqa: S314 - our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [
        (entry.findtext(f"{space}loc") or "", entry.findtext(f"{space}lastmod")) for entry in tree
    ]


def test_sitemap_has_every_page_with_its_last_change() -> None:
    answer = ask(site(), "/sitemap.xml")

    gone = (AS_OF + timedelta(days=1)).isoformat()
    assert answer.headers["content-type"] == XML
    assert locations(answer.body) == [
        (f"{SITE_URL}/", gone),
        (f"{SITE_URL}/changes", gone),
        (f"{SITE_URL}/methodology", None),
        (f"{SITE_URL}/api", None),
        (f"{SITE_URL}/nousresearch", AS_OF.isoformat()),
        (f"{SITE_URL}/acme", gone),
        (f"{SITE_URL}/nousresearch/hermes-4-405b", AS_OF.isoformat()),
        (f"{SITE_URL}/~acme/latest", AS_OF.isoformat()),
    ]


def test_every_page_of_the_sitemap_is_indexable() -> None:
    app = site()

    for url, _ in locations(ask(app, "/sitemap.xml").body):
        page = ask(app, urlsplit(url).path)
        head = head_of(page.text)
        assert (page.status, head.canonical, "robots" in head.names) == (200, url, False)


def test_refresh_without_changes_keeps_the_sitemap() -> None:
    later = stored(profile(HERMES), as_of=AS_OF + timedelta(days=9))

    first, second = (
        ask(create_app(MemoryStore(body)), "/sitemap.xml").body
        for body in (stored(profile(HERMES)), later)
    )
    assert first == second


PAGES = [SitemapUrl(f"/{n}", AS_OF + timedelta(days=n)) for n in range(5)]
TEMPLATE = Templates(TEMPLATES)


def test_large_sitemap_is_an_index_of_parts() -> None:
    index = render_sitemap(TEMPLATE, PAGES, SITE_URL, "", max_urls=2)
    parts = [render_sitemap(TEMPLATE, PAGES, SITE_URL, str(n), max_urls=2) for n in range(5)]

    assert index
    assert locations(index.body) == [
        (f"{SITE_URL}/sitemap-{n}.xml", (AS_OF + timedelta(days=day)).isoformat())
        for n, day in ((1, 1), (2, 3), (3, 4))
    ]
    assert [[u for u, _ in locations(part.body)] if part else None for part in parts] == [
        None,
        [f"{SITE_URL}/0", f"{SITE_URL}/1"],
        [f"{SITE_URL}/2", f"{SITE_URL}/3"],
        [f"{SITE_URL}/4"],
        None,
    ]


@pytest.mark.parametrize("path", ["/sitemap-1.xml", "/sitemap-9999.xml", "/sitemap-x.xml"])
def test_small_sitemap_has_no_parts(path: str) -> None:
    assert ask(site(), path).status == 404


def test_llms_txt_is_well_formed_and_its_links_work() -> None:
    answer = ask(site(), "/llms.txt")
    lines = answer.text.splitlines()

    assert answer.headers["content-type"] == TEXT
    assert lines[0] == "# Burgee"
    assert lines[2].startswith("> ")
    links = [line for line in lines if line.startswith("- ")]
    assert all(re.fullmatch(r"- \[[^\]]+\]\(https://\S+\): .+", line) for line in links)
    paths = re.findall(rf"\({SITE_URL}(/[^)]*)\)", answer.text)
    assert len(paths) == len(links) >= 8
    app = site()
    assert {path: ask(app, path).status for path in paths} == dict.fromkeys(paths, 200)
