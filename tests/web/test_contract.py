"""What every crawler needs holds for every model of every catalog, real ones and the sample.

The limits are those of the table in handler/domain/previews/crawlers/.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from handler.adapters.openrouter.models import ModelListFile
from handler.adapters.storage.file_store import FileStore
from handler.asgi import AsgiApp
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.domain.catalog.model import parse_model
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.discord_embed import validate_embed_json
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.unfurl import UnfurlResult, truncate_for, unfurl
from handler.domain.snapshot.decode import decode_whole
from handler.web.rendering.metadata import SITE_NAME
from scripts.sample_data.load import load_sample
from tests.support.builders import (
    HERMES,
    MemoryStore,
    catalog_bytes,
    making,
    profile,
    record,
    stored,
)
from tests.support.constants import SITE_URL
from tests.support.external import each_shared_catalog
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import create_app
from tests.support.http.crawling import altered, asked, crawled
from tests.support.pages.page_head import PageHead, head_of

# Of the models of a catalog, how many are judged: each in a run over all pages.
ONE_IN = 1 if os.environ.get("BURGEE_ALL_PAGES") else 3
SHORTEST_WINDOW = min(crawler.max_read_bytes or 10**9 for crawler in CRAWLERS)
FOLDED = get_crawler("whatsapp").description.maximum
FIRST = ["charset", "title", "description", "canonical"]
NEEDED = {"og:type", "og:site_name", "og:locale", "og:title", "og:description", "og:url"}


@dataclass
class Verdict:
    """What of the contract is broken, by page, and how many checks were made."""

    checks: int = 0
    broken: dict[str, list[str]] = field(default_factory=dict)

    def check(self, path: str, what: str, holds: bool) -> None:
        self.checks += 1
        if not holds:
            self.broken.setdefault(path, []).append(what)


def judge(verdict: Verdict, app: AsgiApp, path: str) -> None:
    """Judge a page by its head, and by what each crawler makes of it."""
    page = asked(app, SITE_URL + path)
    head = head_of(page.body[:SHORTEST_WINDOW].decode(errors="ignore"))
    for what, holds in head_checks(head, path).items():
        verdict.check(path, what, holds)
    for crawler in CRAWLERS:
        found = crawled(app, crawler, SITE_URL + path)
        for what, holds in crawler_checks(crawler, found, head).items():
            verdict.check(path, f"{crawler.label}: {what}", holds)
        same = page.body.startswith(found.body) and len(found.body) == asked_for(crawler, page)
        verdict.check(path, f"{crawler.label}: the same bytes as everybody", same)
    for what in image_checks(app, head):
        verdict.check(path, what, holds=False)
    verdict.checks += len(PREVIEW_CRAWLERS)


def asked_for(crawler: Crawler, page: FetchedPage) -> int:
    """Return how many bytes of a page a crawler reads."""
    whole = len(page.body)
    return min(whole, crawler.max_read_bytes or whole, (crawler.request.last_byte or whole) + 1)


def head_checks(head: PageHead, path: str) -> dict[str, bool]:
    """Return what must hold for a head, whoever reads it."""
    needed = head.order[: head.order.index("style")] if "style" in head.order else []
    has_image = any(name == "og:image" for name, _ in head.properties)
    return {
        "the head ends within the shortest window": "body" in head.order,
        "charset, title, description and canonical come first": head.order[:4] == FIRST,
        "all tags come before styles": NEEDED | {"twitter:card"} <= set(needed),
        "nothing is said twice": len(set(head.order)) == len(head.order),
        "one title": titles(head) == {head.title},
        "one description": descriptions(head) == {head.names["description"]},
        "a title, without the site's name": bool(head.title) and SITE_NAME not in head.title,
        "the canonical address": head.canonical == head.only("og:url") == SITE_URL + path,
        "no line breaks and no white space at the ends": all(
            text == " ".join(text.split()) for text in (head.title, head.names["description"])
        ),
        "no oEmbed": not any("oembed" in name for name in (*head.order, *head.links)),
        "an image, shown large": has_image and head.names["twitter:card"] == "summary_large_image",
        "a component embed that Discord takes, if any": not head.embed
        or validate_embed_json(head.embed) == [],
        "an icon": head.links["apple-touch-icon"].endswith(".png"),
        "the facts within what WhatsApp shows": facts_shown(head),
    }


def crawler_checks(crawler: Crawler, found: FetchedPage, head: PageHead) -> dict[str, bool]:
    """Return what must hold for what a crawler makes of a page."""
    preview = unfurl(crawler, found)
    description = head.names["description"]
    checks = dict.fromkeys(preview.problems, False)
    return checks | {
        "it keeps every limit": not preview.problems,
        "the whole title": text_of(preview, "title") == head.title,
        "the description as it is shown": not crawler.tags.description
        or text_of(preview, "description") == truncate_for(description, crawler.description),
        "the site's name": preview.site_name == SITE_NAME,
        "its requests answered": found.status == (206 if crawler.request.last_byte else 200),
    }


def image_checks(app: AsgiApp, head: PageHead) -> Iterator[str]:
    """Yield what is wrong with the picture of a page, if there is one."""
    addresses = [value for name, value in head.properties if name == "og:image"]
    for address in addresses:
        if not address.startswith(f"{SITE_URL}/"):
            yield f"the image is not ours: {address}"
            continue
        image = asked(app, address)
        yield from (problem for one in PREVIEW_CRAWLERS for problem in image_problems(one, image))


def text_of(preview: UnfurlResult, name: str) -> str:
    found = preview.title if name == "title" else preview.description
    return found.text if found else ""


def titles(head: PageHead) -> set[str]:
    page = head.json_ld
    return {head.only("og:title"), head.names["twitter:title"], page["name"], page["headline"]}


def descriptions(head: PageHead) -> set[str]:
    page = head.json_ld
    return {head.only("og:description"), head.names["twitter:description"], page["description"]}


def facts_shown(head: PageHead) -> bool:
    """Return whether the beginning of a description says what the labels do."""
    opening = head.names["description"][:FOLDED]
    facts = {head.names[n]: head.names[f"twitter:data{n[-1]}"] for n in head.names if "label" in n}
    context = facts.get("Context", "").replace("tokens", "context")
    return facts.get("Price", "") in opening and context in opening


def of_list(catalog: Path) -> bytes:
    """Return the stored catalog of a stored list."""
    render = markdown_renderer()
    records = ModelListFile(catalog, "a stored copy").fetch().records
    described = (
        profile(raw)._replace(model=parse_model(raw, render(raw["description"]))) for raw in records
    )
    return stored(*described)


OTHER_PATHS = (
    "/",
    "/?page=2",
    "/?q=a&by=google&has=image-in&has=text-out&has=tools&is=ranked&price=0-5&context=8000-&sort=-context",
    "/?is=free&is=open&is=new",
    "/?is=withdrawn",
    "/?by=nobody",
    "/changes",
    "/methodology",
    "/api",
    "/compare",
)


def authors_of(ids: list[str]) -> list[str]:
    """Return the path of each author, as the first of its ids spells it."""
    return sorted({f"/{model_id.partition('/')[0].removeprefix('~')}" for model_id in ids})


def verdict_on(catalog: bytes, one_in: int = 1) -> Verdict:
    """Return the verdict on a stored catalog: on its pages, of models on one in so many."""
    app = create_app(MemoryStore(catalog))
    ids = [entry.id for entry in decode_whole(catalog).index][::one_in]
    verdict = Verdict()
    paths = [*OTHER_PATHS, *authors_of(ids), f"/compare?m={ids[-1]}&m={ids[0]}"]
    paths.append(f"/{ids[0]}/preview")
    for path in [*paths, *(f"/{model_id}" for model_id in ids)]:
        judge(verdict, app, path)
    print(f"{verdict.checks} checks")
    assert verdict.checks >= (len(ids) + len(paths)) * (
        13 + 5 * len(CRAWLERS) + len(PREVIEW_CRAWLERS)
    )
    return verdict


def test_every_page_of_the_sample_keeps_the_contract(tmp_path: Path) -> None:
    load_sample(local_snapshot_repository(tmp_path), markdown_renderer())

    assert verdict_on(FileStore(tmp_path).read().body, ONE_IN).broken == {}


@pytest.mark.e2e
@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_every_page_of_a_real_catalog_keeps_the_contract(catalog: Path) -> None:
    assert verdict_on(of_list(catalog), ONE_IN).broken == {}


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_text_of_strangers_breaks_nothing_of_the_contract(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    raw = record("acme/one", name=text, description=text, architecture=making(text), tokenizer=text)
    described = profile(raw)._replace(model=parse_model(raw, markdown_renderer()(text)))
    app = create_app(MemoryStore(stored(described)))
    verdict = Verdict()
    judge(verdict, app, "/acme/one")
    judge(verdict, app, "/acme/one/preview")

    html = asked(app, f"{SITE_URL}/acme/one").body
    assert verdict.broken == {}
    assert b"<script>alert" not in html
    assert b"<img" not in html


APP = create_app(MemoryStore(catalog_bytes([HERMES])))
HERMES_URL = f"{SITE_URL}/{HERMES['id']}"


@pytest.mark.parametrize("crawler", PREVIEW_CRAWLERS, ids=lambda crawler: crawler.name)
@pytest.mark.parametrize(
    "path", ["/models/nousresearch/hermes-4-405b", "/NousResearch/Hermes-4-405B/"]
)
def test_alias_redirects_once_to_the_same_preview(path: str, crawler: Crawler) -> None:
    direct, redirected = (crawled(APP, crawler, url) for url in (HERMES_URL, SITE_URL + path))

    assert redirected.hops == (HERMES_URL,)
    assert unfurl(crawler, redirected) == unfurl(crawler, direct)


@pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", ""])
def test_an_encoding_changes_nothing_that_a_crawler_reads(encoding: str, crawler: Crawler) -> None:
    usual = crawled(APP, crawler, HERMES_URL)
    headers = {**crawler.headers("GET"), "Accept-Encoding": encoding}

    assert asked(APP, HERMES_URL, "GET", headers).body == usual.body


@pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)
def test_head_has_the_headers_of_get(crawler: Crawler) -> None:
    headers = crawler.headers("HEAD")
    head, get = (asked(APP, HERMES_URL, method, headers) for method in ("HEAD", "GET"))

    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


@pytest.mark.parametrize("crawler", PREVIEW_CRAWLERS, ids=lambda crawler: crawler.name)
def test_an_error_never_becomes_a_preview(crawler: Crawler) -> None:
    preview = unfurl(crawler, crawled(APP, crawler, f"{SITE_URL}/no/such-model"))

    assert (preview.title, preview.description, preview.image) == (None, None, None)
    assert preview.problems[0] == f"The page answers 404, {crawler.label} previews a 2xx only."


BREAKS = {
    "a long title": (b'content="Nous: Hermes 4 405B"', b'content="' + b"x" * 71 + b'"'),
    "a title of its own": (b"<title>Nous", b"<title>Noos"),
    "a description of its own": (
        b'name="twitter:description" content="',
        b'name="twitter:description" content="x',
    ),
    "another address": (b'rel="canonical" href="', b'rel="canonical" href="/x'),
    "a head beyond Slack's window": (b"</head>", b"<!--" + b" " * 32_768 + b"--></head>"),
    "a name of the site in the title": (b"Nous: Hermes 4 405B", b"Hermes on Burgee"),
    "oEmbed": (b"<title>", b'<link rel="oembed" href="/oembed"><title>'),
    "a picture elsewhere": (
        b'<meta name="theme-color"',
        b'<meta property="og:image" content="https://a.example/"><meta name="theme-color"',
    ),
}


@pytest.mark.parametrize(("old", "new"), BREAKS.values(), ids=BREAKS)
def test_a_page_that_breaks_the_contract_is_noticed(old: bytes, new: bytes) -> None:
    verdict = Verdict()
    judge(verdict, altered(APP, old, new), f"/{HERMES['id']}")

    assert verdict.broken != {}
