"""What is checked of a link for one crawler: each of its limits, with how near the link comes.

`page_limits` and `image_limits` say which of them are broken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.discord_schema import MOST_BYTES
from handler.domain.previews.unfurl.fetched_page import Download
from handler.domain.previews.unfurl.image_info import Picture, picture_of
from handler.domain.previews.unfurl.page_metadata import Metadata
from handler.domain.previews.unfurl.page_rules import ADDRESSES, open_graph_bytes, size, text_of
from handler.domain.previews.unfurl.unfurl import found_by, kept_by

_NONE = "none"


@dataclass(frozen=True, slots=True)
class Check:
    """One limit: what it is about, what was found, and what the crawler wants."""

    what: str
    found: str
    wanted: str


def checks_of(crawler: Crawler, page: Download, image: Download) -> list[Check]:
    """Return every limit of a crawler that a page and its fetched picture were held to."""
    found = found_by(crawler, page)
    kept = kept_by(crawler, found)
    return [
        *_text(crawler, kept, "title", crawler.title),
        *_text(crawler, kept, "description", crawler.description),
        *_window(crawler, page, found),
        *_sizes(crawler, found, kept),
        *_forms(crawler, found, kept),
        *_fetched(crawler, image),
        *_pictured(crawler, picture_of(image.body) or Picture(_NONE)),
    ]


def _text(crawler: Crawler, kept: Metadata, field: str, limit: TextLimit) -> Iterator[Check]:
    text = text_of(crawler, kept, field)
    if limit.most is not None and limit.over == "cut":
        found = f"{size(text, limit)} {limit.unit}"
        yield Check(field, found, f"at most {limit.most}")
    if limit.needed:
        yield Check(field, "there" if text else _NONE, "needed")


def _window(crawler: Crawler, page: Download, found: Metadata) -> Iterator[Check]:
    if crawler.window_bytes is not None:
        is_whole = found.ended or len(page.body) < crawler.window_bytes
        where = f"in the first {crawler.window_bytes:,} bytes"
        yield Check("head", "whole" if is_whole else "not whole", where)


def _sizes(crawler: Crawler, found: Metadata, kept: Metadata) -> Iterator[Check]:
    limits = crawler.page
    for what, measured, most in (
        ("og: tags", len(found.open_graph()), limits.og_tags),
        ("og: tags as JSON, in bytes", open_graph_bytes(kept), limits.og_json_bytes),
        ("longest value, in characters", _longest(found), limits.value_characters),
        ("longest address, in characters", _longest_address(kept), limits.url_characters),
        ("site’s name, in characters", len(kept.text("og:site_name")),
         limits.site_name_characters),
        ("og:image:alt, in characters", len(kept.text("og:image:alt")), limits.alt_characters),
    ):  # fmt: skip
        if most is not None:
            yield Check(what, f"{measured:,}", f"at most {most:,}")
    if crawler.name == "discord" and found.embed is not None:
        measured = len(found.embed.encode())
        yield Check("component embed, in bytes", f"{measured:,}", f"at most {MOST_BYTES:,}")


def _longest(found: Metadata) -> int:
    return max((len(entry.value) for entry in found.entries), default=0)


def _longest_address(kept: Metadata) -> int:
    return max(len(kept.text(key)) for key in ADDRESSES)


def _forms(crawler: Crawler, found: Metadata, kept: Metadata) -> Iterator[Check]:
    limits = crawler.page
    if limits.title_without_site_name:
        name, title = kept.text("og:site_name"), text_of(crawler, kept, "title")
        repeats = bool(name) and name.lower() in title.lower()
        yield Check("site’s name", "in the title" if repeats else "apart", "not in the title")
    if limits.image_size_declared:
        sides = (kept.text(f"og:image:{side}") or _NONE for side in ("width", "height"))
        yield Check("declared size", " × ".join(sides), "both sides")
    if limits.no_meta_refresh:
        yield Check("meta refresh", found.text("http:refresh") or _NONE, _NONE)
    if limits.theme_color_in_hex:
        yield Check("theme-color", found.text("meta:theme-color") or _NONE, "#RRGGBB")


def _fetched(crawler: Crawler, image: Download) -> Iterator[Check]:
    limits = crawler.image
    if limits.most_bytes is not None:
        found = f"{len(image.body):,} bytes"
        yield Check("picture", found, f"at most {limits.most_bytes:,}")
    if limits.needs_length:
        length = image.headers.get("content-length", _NONE)
        yield Check("picture’s Content-Length", length, "needed")
    if not limits.redirects:
        yield Check("picture’s redirects", str(len(image.hops)), _NONE)


def _pictured(crawler: Crawler, picture: Picture) -> Iterator[Check]:
    limits = crawler.image
    if limits.formats is not None:
        yield Check("picture", picture.format, " or ".join(limits.formats))
    if limits.min_width is not None:
        yield Check("picture", f"{picture.width} pixels wide", f"at least {limits.min_width}")
    if limits.min_height is not None:
        yield Check("picture", f"{picture.height} pixels high", f"at least {limits.min_height}")
    if limits.most_pixels is not None:
        pixels = picture.width * picture.height
        yield Check("picture", f"{pixels:,} pixels", f"at most {limits.most_pixels:,}")
    if limits.ratio is not None:
        short, long = sorted((picture.width, picture.height))
        found = f"{long / short:.1f} to 1" if short else "unknown"
        yield Check("picture", found, f"at most {limits.ratio:g} to 1")
