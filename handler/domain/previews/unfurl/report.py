"""Every limit of a crawler with the value of a page and its image, broken or not.

`page_rules` and `image_rules` have the sentences for broken ones.
"""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.discord_schema import MAX_BYTES
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.page_metadata import PageMetadata
from handler.domain.previews.unfurl.page_rules import URL_KEYS, find_text, measure, open_graph_bytes
from handler.domain.previews.unfurl.unfurl import accepted_metadata, read_metadata

_NONE = "none"


class LimitCheck(NamedTuple):
    """One limit: its subject, the value found, and the value wanted."""

    subject: str
    found: str
    wanted: str


def check_limits(crawler: Crawler, page: FetchedPage, image: FetchedPage) -> list[LimitCheck]:
    """Return a check for every limit of a crawler on a page and its fetched image."""
    metadata = read_metadata(crawler, page)
    accepted = accepted_metadata(crawler, metadata)
    return [
        *_text_checks(crawler, accepted, "title", crawler.title),
        *_text_checks(crawler, accepted, "description", crawler.description),
        *_size_checks(crawler, page, metadata, accepted),
        *_content_checks(crawler, metadata, accepted),
        *_image_checks(crawler, image),
    ]


def _text_checks(
    crawler: Crawler, accepted: PageMetadata, field: str, limit: TextLimit
) -> Iterator[LimitCheck]:
    text = find_text(crawler, accepted, field)
    if limit.maximum is not None and limit.overflow == "cut":
        size = f"{measure(text, limit)} {limit.unit}"
        yield LimitCheck(field, size, f"at most {limit.maximum}")
    if limit.required:
        yield LimitCheck(field, "there" if text else _NONE, "needed")


def _size_checks(
    crawler: Crawler, page: FetchedPage, metadata: PageMetadata, accepted: PageMetadata
) -> Iterator[LimitCheck]:
    max_bytes = crawler.max_read_bytes
    if max_bytes is not None:
        is_complete = metadata.ended or len(page.body) < max_bytes
        wanted = f"in the first {max_bytes:,} bytes"
        yield LimitCheck("head", "whole" if is_complete else "not whole", wanted)
    limits = crawler.page
    site_name, alt = accepted.text("og:site_name"), accepted.text("og:image:alt")
    longest = max((len(tag.value) for tag in metadata.tags), default=0)
    longest_url = max(len(accepted.text(key)) for key in URL_KEYS)
    for subject, size, maximum in (
        ("og: tags", len(metadata.open_graph()), limits.og_tags),
        ("og: tags as JSON, in bytes", open_graph_bytes(accepted), limits.og_json_bytes),
        ("longest value, in characters", longest, limits.value_characters),
        ("longest address, in characters", longest_url, limits.url_characters),
        ("site’s name, in characters", len(site_name), limits.site_name_characters),
        ("og:image:alt, in characters", len(alt), limits.alt_characters),
    ):
        if maximum is not None:
            yield LimitCheck(subject, f"{size:,}", f"at most {maximum:,}")
    if crawler.name == "discord" and metadata.embed is not None:
        size = len(metadata.embed.encode())
        yield LimitCheck("component embed, in bytes", f"{size:,}", f"at most {MAX_BYTES:,}")


def _content_checks(
    crawler: Crawler, metadata: PageMetadata, accepted: PageMetadata
) -> Iterator[LimitCheck]:
    limits = crawler.page
    if limits.title_without_site_name:
        site_name, title = accepted.text("og:site_name"), find_text(crawler, accepted, "title")
        repeats = bool(site_name) and site_name.lower() in title.lower()
        yield LimitCheck("site’s name", "in the title" if repeats else "apart", "not in the title")
    if limits.image_size_declared:
        sides = (accepted.text(f"og:image:{side}") or _NONE for side in ("width", "height"))
        yield LimitCheck("declared size", " × ".join(sides), "both sides")
    if limits.no_meta_refresh:
        yield LimitCheck("meta refresh", metadata.text("http:refresh") or _NONE, _NONE)
    if limits.theme_color_in_hex:
        yield LimitCheck("theme-color", metadata.text("meta:theme-color") or _NONE, "#RRGGBB")


def _image_checks(crawler: Crawler, response: FetchedPage) -> Iterator[LimitCheck]:
    limits, image = crawler.image, sniff_image(response.body) or ImageInfo(_NONE)
    if limits.max_bytes is not None:
        size = f"{len(response.body):,} bytes"
        yield LimitCheck("picture", size, f"at most {limits.max_bytes:,}")
    if limits.requires_content_length:
        length = response.headers.get("content-length", _NONE)
        yield LimitCheck("picture’s Content-Length", length, "needed")
    if not limits.follows_redirects:
        yield LimitCheck("picture’s redirects", str(len(response.hops)), _NONE)
    if limits.formats is not None:
        yield LimitCheck("picture", image.format, " or ".join(limits.formats))
    short, long = sorted((image.width, image.height))
    ratio = f"{long / short:.1f} to 1" if short else "unknown"
    for found, wanted, limit in (
        (f"{image.width} pixels wide", "at least {}", limits.min_width),
        (f"{image.height} pixels high", "at least {}", limits.min_height),
        (f"{image.width * image.height:,} pixels", "at most {:,}", limits.max_pixels),
        (ratio, "at most {:g} to 1", limits.ratio),
    ):
        if limit is not None:
            yield LimitCheck("picture", found, wanted.format(limit))
