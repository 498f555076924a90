"""The limits that a page can break, each with a sentence that names the limit and the value."""

import json
import re
from collections.abc import Iterator

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import MetaTag, PageMetadata

URL_KEYS = ("og:url", "og:image", "twitter:image", "link:canonical")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_THEME_COLOR = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")


def fatal_problems(crawler: Crawler, page: FetchedPage, accepted: PageMetadata) -> Iterator[str]:
    """Yield a sentence for each reason why there is no preview at all."""
    yield from _response_problems(crawler, page)
    yield from _missing_text_problems(crawler, accepted)
    yield from _size_problems(crawler, accepted)


def limit_problems(
    crawler: Crawler, page: FetchedPage, metadata: PageMetadata, accepted: PageMetadata
) -> Iterator[str]:
    """Yield a sentence for each broken limit that leaves a preview."""
    yield from _transfer_problems(crawler, page, metadata)
    yield from _dropped_tag_problems(crawler, metadata)
    for field, limit in (("title", crawler.title), ("description", crawler.description)):
        size, maximum = measure(find_text(crawler, accepted, field), limit), limit.maximum
        if limit.overflow == "cut" and maximum is not None and size > maximum:
            yield f"The {field} has {size} {limit.unit}, {crawler.label} cuts it to {maximum}."
    yield from _content_problems(crawler, accepted)


def find_text(crawler: Crawler, accepted: PageMetadata, field: str) -> str:
    """Return the "title" or "description" that the crawler shows, "" where there is none."""
    tag = find_tag(crawler, accepted, field)
    return " ".join(tag.value.split()) if tag else ""


def find_tag(crawler: Crawler, accepted: PageMetadata, field: str) -> MetaTag | None:
    """Return the tag from which the crawler takes its "title", "description" or "image"."""
    keys: tuple[str, ...] = getattr(crawler.tags, field)
    return accepted.first(*keys, property_only=crawler.tags.property_only)


def measure(text: str, limit: TextLimit) -> int:
    """Return the size of a text in the limit's unit."""
    return len(text.encode()) if limit.unit == "bytes" else len(text)


def open_graph_bytes(metadata: PageMetadata) -> int:
    """Return the size of the Open Graph tags as JSON."""
    return len(json.dumps(metadata.open_graph(), ensure_ascii=False).encode())


def timeout_problem(crawler: Crawler, response: FetchedPage, subject: str) -> Iterator[str]:
    """Yield a sentence where the response took longer than the crawler waits."""
    timeout = crawler.request.timeout_seconds
    if timeout is not None and response.seconds > timeout:
        seconds = f"{response.seconds:.1f} seconds"
        yield f"The {subject} took {seconds}, {crawler.label} waits {timeout:g}."


def _response_problems(crawler: Crawler, page: FetchedPage) -> Iterator[str]:
    if not 200 <= page.status < 300:
        yield f"The page answers {page.status}, {crawler.label} previews a 2xx only."
    elif page.media_type not in _HTML_TYPES:
        yield f"The page is {page.media_type or 'of no type'}, {crawler.label} reads HTML only."
    max_redirects = crawler.request.max_redirects
    if max_redirects is not None and len(page.hops) > max_redirects:
        redirects = f"{len(page.hops)} redirects"
        yield f"The link leads over {redirects}, {crawler.label} follows {max_redirects}."
    insecure = [hop for hop in page.hops if not hop.startswith("https:")]
    if crawler.request.https_redirects_only and insecure:
        yield f"A redirect leads to {insecure[0]}, {crawler.label} follows https only."
    relative = [location for location in page.locations if "://" not in location]
    if crawler.request.absolute_redirects_only and relative:
        yield f"A redirect says only {relative[0]}, {crawler.label} follows whole addresses only."
    yield from timeout_problem(crawler, page, "page")


def _missing_text_problems(crawler: Crawler, accepted: PageMetadata) -> Iterator[str]:
    limits = {"title": crawler.title, "description": crawler.description}
    texts = {field: find_text(crawler, accepted, field) for field in limits}
    for field, limit in limits.items():
        if limit.required and not texts[field]:
            yield f"There is no {field}, {crawler.label} shows nothing without one."
    if not any([*texts.values(), *(limit.required for limit in limits.values())]):
        yield f"There is neither a title nor a description that {crawler.label} reads."
    if crawler.page.no_meta_refresh and accepted.text("http:refresh"):
        yield f"The page has a meta refresh, on which {crawler.label} hangs."


def _size_problems(crawler: Crawler, accepted: PageMetadata) -> Iterator[str]:
    limits = crawler.page
    max_lengths = [
        (limits.site_name_characters, "og:site_name"),
        (limits.alt_characters, "og:image:alt"),
        *((limits.url_characters, key) for key in URL_KEYS),
    ]
    for maximum, key in max_lengths:
        length = len(accepted.text(key))
        if maximum is not None and length > maximum:
            yield f"{key} has {length:,} characters, {crawler.label} takes {maximum:,}."
    size = open_graph_bytes(accepted)
    if limits.og_json_bytes is not None and size > limits.og_json_bytes:
        tags = f"The Open Graph tags are {size:,} bytes as JSON"
        yield f"{tags}, {crawler.label} keeps {limits.og_json_bytes:,}."


def _transfer_problems(
    crawler: Crawler, page: FetchedPage, metadata: PageMetadata
) -> Iterator[str]:
    if page.head_status is not None and not 200 <= page.head_status < 300:
        yield f"HEAD is answered {page.head_status}, {crawler.label} asks by HEAD first."
    encoding = page.headers.get("content-encoding", "").strip().lower()
    if encoding and encoding not in crawler.request.accept_encoding:
        yield f"The page comes as {encoding}, for which {crawler.label} did not ask."
    maximum = crawler.max_read_bytes
    if maximum is not None and not metadata.ended and len(page.body) >= maximum:
        yield f"The head goes beyond the first {maximum:,} bytes, all that {crawler.label} reads."


def _dropped_tag_problems(crawler: Crawler, metadata: PageMetadata) -> Iterator[str]:
    limits = crawler.page
    tags, max_tags = len(metadata.open_graph()), limits.og_tags
    if max_tags is not None and tags > max_tags:
        yield f"There are {tags} og: tags, {crawler.label} drops all of more than {max_tags}."
    maximum = limits.value_characters
    for tag in metadata.tags:
        length = len(tag.value)
        if maximum is not None and length > maximum:
            yield (
                f"{tag.key} has {length:,} characters, "
                f"{crawler.label} drops values of more than {maximum:,}."
            )


def _content_problems(crawler: Crawler, accepted: PageMetadata) -> Iterator[str]:
    site_name, title = accepted.text("og:site_name"), find_text(crawler, accepted, "title")
    if crawler.page.title_without_site_name and site_name and site_name.lower() in title.lower():
        yield f"The title repeats the site’s name “{site_name}”, {crawler.label} wants it without."
    declared = accepted.text("og:image:width") and accepted.text("og:image:height")
    image = find_tag(crawler, accepted, "image")
    if crawler.page.image_size_declared and image and not declared:
        yield (
            "og:image:width and og:image:height are not both there, without which the first "
            f"share on {crawler.label} has no picture."
        )
    color = accepted.text("meta:theme-color")
    if crawler.page.theme_color_in_hex and color and not _THEME_COLOR.fullmatch(color):
        yield f"theme-color is {color}, {crawler.label} takes #RRGGBB only."
