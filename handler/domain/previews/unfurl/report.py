"""What is checked of a link for one crawler: each of its limits, with how near the link comes.

`page_limits` and `image_limits` say which of them are broken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.discord_schema import MAX_BYTES
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.page_metadata import PageMetadata
from handler.domain.previews.unfurl.page_rules import ADDRESSES, measure, open_graph_bytes, text_of
from handler.domain.previews.unfurl.unfurl import accepted_metadata, read_metadata

_NONE = "none"


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """One limit: what it is about, what was found, and what the crawler wants."""

    what: str
    found: str
    wanted: str


def check_limits(crawler: Crawler, page: FetchedPage, image: FetchedPage) -> list[LimitCheck]:
    """Return every limit of a crawler that a page and its fetched picture were held to."""
    found = read_metadata(crawler, page)
    kept = accepted_metadata(crawler, found)
    return [
        *_text(crawler, kept, "title", crawler.title),
        *_text(crawler, kept, "description", crawler.description),
        *_window(crawler, page, found),
        *_sizes(crawler, found, kept),
        *_forms(crawler, found, kept),
        *_fetched(crawler, image),
        *_pictured(crawler, sniff_image(image.body) or ImageInfo(_NONE)),
    ]


def _text(
    crawler: Crawler, kept: PageMetadata, field: str, limit: TextLimit
) -> Iterator[LimitCheck]:
    text = text_of(crawler, kept, field)
    if limit.maximum is not None and limit.over == "cut":
        found = f"{measure(text, limit)} {limit.unit}"
        yield LimitCheck(field, found, f"at most {limit.maximum}")
    if limit.needed:
        yield LimitCheck(field, "there" if text else _NONE, "needed")


def _window(crawler: Crawler, page: FetchedPage, found: PageMetadata) -> Iterator[LimitCheck]:
    if crawler.max_read_bytes is not None:
        is_whole = found.ended or len(page.body) < crawler.max_read_bytes
        where = f"in the first {crawler.max_read_bytes:,} bytes"
        yield LimitCheck("head", "whole" if is_whole else "not whole", where)


def _sizes(crawler: Crawler, found: PageMetadata, kept: PageMetadata) -> Iterator[LimitCheck]:
    limits = crawler.page
    for what, measured, most in (
        ("og: tags", len(found.open_graph()), limits.og_tags),
        ("og: tags as JSON, in bytes", open_graph_bytes(kept), limits.og_json_bytes),
        ("longest value, in characters", _longest(found), limits.value_characters),
        ("longest address, in characters", _longest_address(kept), limits.url_characters),
        ("site’s name, in characters", len(kept.text("og:site_name")), limits.site_name_characters),
        ("og:image:alt, in characters", len(kept.text("og:image:alt")), limits.alt_characters),
    ):
        if most is not None:
            yield LimitCheck(what, f"{measured:,}", f"at most {most:,}")
    if crawler.name == "discord" and found.embed is not None:
        measured = len(found.embed.encode())
        yield LimitCheck("component embed, in bytes", f"{measured:,}", f"at most {MAX_BYTES:,}")


def _longest(found: PageMetadata) -> int:
    return max((len(entry.value) for entry in found.entries), default=0)


def _longest_address(kept: PageMetadata) -> int:
    return max(len(kept.text(key)) for key in ADDRESSES)


def _forms(crawler: Crawler, found: PageMetadata, kept: PageMetadata) -> Iterator[LimitCheck]:
    limits = crawler.page
    if limits.title_without_site_name:
        name, title = kept.text("og:site_name"), text_of(crawler, kept, "title")
        repeats = bool(name) and name.lower() in title.lower()
        yield LimitCheck("site’s name", "in the title" if repeats else "apart", "not in the title")
    if limits.image_size_declared:
        sides = (kept.text(f"og:image:{side}") or _NONE for side in ("width", "height"))
        yield LimitCheck("declared size", " × ".join(sides), "both sides")
    if limits.no_meta_refresh:
        yield LimitCheck("meta refresh", found.text("http:refresh") or _NONE, _NONE)
    if limits.theme_color_in_hex:
        yield LimitCheck("theme-color", found.text("meta:theme-color") or _NONE, "#RRGGBB")


def _fetched(crawler: Crawler, image: FetchedPage) -> Iterator[LimitCheck]:
    limits = crawler.image
    if limits.max_bytes is not None:
        found = f"{len(image.body):,} bytes"
        yield LimitCheck("picture", found, f"at most {limits.max_bytes:,}")
    if limits.needs_length:
        length = image.headers.get("content-length", _NONE)
        yield LimitCheck("picture’s Content-Length", length, "needed")
    if not limits.redirects:
        yield LimitCheck("picture’s redirects", str(len(image.hops)), _NONE)


def _pictured(crawler: Crawler, picture: ImageInfo) -> Iterator[LimitCheck]:
    limits = crawler.image
    if limits.formats is not None:
        yield LimitCheck("picture", picture.format, " or ".join(limits.formats))
    if limits.min_width is not None:
        yield LimitCheck("picture", f"{picture.width} pixels wide", f"at least {limits.min_width}")
    if limits.min_height is not None:
        yield LimitCheck(
            "picture", f"{picture.height} pixels high", f"at least {limits.min_height}"
        )
    if limits.max_pixels is not None:
        pixels = picture.width * picture.height
        yield LimitCheck("picture", f"{pixels:,} pixels", f"at most {limits.max_pixels:,}")
    if limits.ratio is not None:
        short, long = sorted((picture.width, picture.height))
        found = f"{long / short:.1f} to 1" if short else "unknown"
        yield LimitCheck("picture", found, f"at most {limits.ratio:g} to 1")
