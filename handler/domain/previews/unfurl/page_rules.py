"""The limits that a page can break, each with the sentence that says so."""

import json
import re
from collections.abc import Iterator

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import MetaTag, PageMetadata

_HTML = ("text/html", "application/xhtml+xml")
ADDRESSES = ("og:url", "og:image", "twitter:image", "link:canonical")
_THEME_COLOR = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")


def fatal_problems(crawler: Crawler, page: FetchedPage, kept: PageMetadata) -> Iterator[str]:
    """Yield a sentence for each reason why there is no preview at all."""
    yield from _unanswered(crawler, page)
    yield from _unread(crawler, kept)
    yield from _oversized(crawler, kept)


def limit_problems(
    crawler: Crawler, page: FetchedPage, found: PageMetadata, kept: PageMetadata
) -> Iterator[str]:
    """Yield a sentence for each limit that costs something, and leaves a preview."""
    yield from _misfetched(crawler, page, found)
    yield from _dropped_tags(crawler, found)
    yield from _cut(crawler, "title", text_of(crawler, kept, "title"), crawler.title)
    yield from _cut(
        crawler, "description", text_of(crawler, kept, "description"), crawler.description
    )
    yield from _unfit(crawler, kept)


def text_of(crawler: Crawler, kept: PageMetadata, field: str) -> str:
    """Return the "title" or "description" that the crawler takes, "" where there is none."""
    entry = entry_of(crawler, kept, field)
    return " ".join(entry.value.split()) if entry else ""


def entry_of(crawler: Crawler, kept: PageMetadata, field: str) -> MetaTag | None:
    """Return the tag that the crawler takes its "title", "description" or "image" from."""
    keys: tuple[str, ...] = getattr(crawler.tags, field)
    return kept.first(*keys, property_only=crawler.tags.property_only)


def measure(text: str, limit: TextLimit) -> int:
    """Return the size of a text in the limit's unit."""
    return len(text.encode()) if limit.unit == "bytes" else len(text)


def open_graph_bytes(kept: PageMetadata) -> int:
    """Return the size of the Open Graph tags as JSON."""
    return len(json.dumps(kept.open_graph(), ensure_ascii=False).encode())


def timeout_problem(crawler: Crawler, download: FetchedPage, what: str) -> Iterator[str]:
    """Yield a sentence where an answer took longer than the crawler waits."""
    most = crawler.request.timeout_seconds
    if most is not None and download.seconds > most:
        yield (f"The {what} took {download.seconds:.1f} seconds, {crawler.label} waits {most:g}.")


def _unanswered(crawler: Crawler, page: FetchedPage) -> Iterator[str]:
    if not 200 <= page.status < 300:
        yield f"The page answers {page.status}, {crawler.label} previews a 2xx only."
    elif page.media_type not in _HTML:
        yield f"The page is {page.media_type or 'of no type'}, {crawler.label} reads HTML only."
    most = crawler.request.redirects
    if most is not None and len(page.hops) > most:
        yield f"The link leads over {len(page.hops)} redirects, {crawler.label} follows {most}."
    insecure = [hop for hop in page.hops if not hop.startswith("https:")]
    if crawler.request.https_redirects_only and insecure:
        yield f"A redirect leads to {insecure[0]}, {crawler.label} follows https only."
    relative = [location for location in page.locations if "://" not in location]
    if crawler.request.absolute_redirects_only and relative:
        yield f"A redirect says only {relative[0]}, {crawler.label} follows whole addresses only."
    yield from timeout_problem(crawler, page, "page")


def _unread(crawler: Crawler, kept: PageMetadata) -> Iterator[str]:
    texts = {field: text_of(crawler, kept, field) for field in ("title", "description")}
    needed = {"title": crawler.title.needed, "description": crawler.description.needed}
    for field in ("title", "description"):
        if needed[field] and not texts[field]:
            yield f"There is no {field}, {crawler.label} shows nothing without one."
    if not any([*texts.values(), *needed.values()]):
        yield f"There is neither a title nor a description that {crawler.label} reads."
    if crawler.page.no_meta_refresh and kept.text("http:refresh"):
        yield f"The page has a meta refresh, on which {crawler.label} hangs."


def _oversized(crawler: Crawler, kept: PageMetadata) -> Iterator[str]:
    limits = crawler.page
    checks = [
        (limits.site_name_characters, "og:site_name"),
        (limits.alt_characters, "og:image:alt"),
        *((limits.url_characters, key) for key in ADDRESSES),
    ]
    for most, key in checks:
        length = len(kept.text(key))
        if most is not None and length > most:
            yield f"{key} has {length:,} characters, {crawler.label} takes {most:,}."
    written = open_graph_bytes(kept)
    if limits.og_json_bytes is not None and written > limits.og_json_bytes:
        yield (
            f"The Open Graph tags are {written:,} bytes as JSON, "
            f"{crawler.label} keeps {limits.og_json_bytes:,}."
        )


def _misfetched(crawler: Crawler, page: FetchedPage, found: PageMetadata) -> Iterator[str]:
    if page.head_status is not None and not 200 <= page.head_status < 300:
        yield f"HEAD is answered {page.head_status}, {crawler.label} asks by HEAD first."
    encoding = page.headers.get("content-encoding", "").strip().lower()
    if encoding and encoding not in crawler.request.accept_encoding:
        yield f"The page comes as {encoding}, for which {crawler.label} did not ask."
    window = crawler.max_read_bytes
    if window is not None and not found.ended and len(page.body) >= window:
        yield f"The head goes beyond the first {window:,} bytes, all that {crawler.label} reads."


def _dropped_tags(crawler: Crawler, found: PageMetadata) -> Iterator[str]:
    limits = crawler.page
    tags = len(found.open_graph())
    if limits.og_tags is not None and tags > limits.og_tags:
        yield f"There are {tags} og: tags, {crawler.label} drops all of more than {limits.og_tags}."
    for entry in found.entries if limits.value_characters is not None else ():
        length = len(entry.value)
        if limits.value_characters is not None and length > limits.value_characters:
            yield (
                f"{entry.key} has {length:,} characters, "
                f"{crawler.label} drops values of more than {limits.value_characters:,}."
            )


def _cut(crawler: Crawler, field: str, text: str, limit: TextLimit) -> Iterator[str]:
    found = measure(text, limit)
    if limit.over == "cut" and limit.maximum is not None and found > limit.maximum:
        yield (f"The {field} has {found} {limit.unit}, {crawler.label} cuts it to {limit.maximum}.")


def _unfit(crawler: Crawler, kept: PageMetadata) -> Iterator[str]:
    name, title = kept.text("og:site_name"), text_of(crawler, kept, "title")
    if crawler.page.title_without_site_name and name and name.lower() in title.lower():
        yield f"The title repeats the site’s name “{name}”, {crawler.label} wants it without."
    declared = kept.text("og:image:width") and kept.text("og:image:height")
    image = entry_of(crawler, kept, "image")
    if crawler.page.image_size_declared and image and not declared:
        yield (
            "og:image:width and og:image:height are not both there, without which the first "
            f"share on {crawler.label} has no picture."
        )
    color = kept.text("meta:theme-color")
    if crawler.page.theme_color_in_hex and color and not _THEME_COLOR.fullmatch(color):
        yield f"theme-color is {color}, {crawler.label} takes #RRGGBB only."
