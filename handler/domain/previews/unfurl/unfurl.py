"""What becomes of a link on one platform: its preview, and each limit that the page breaks.

Pure, on a page as it was fetched: scripts/unfurl fetches from the network, the tests in process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from handler.domain.previews import discord_embed
from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import MetaTag, PageMetadata, parse_page_metadata
from handler.domain.previews.unfurl.page_rules import (
    entry_of,
    fatal_problems,
    limit_problems,
    measure,
)


@dataclass(frozen=True, slots=True)
class PreviewField:
    """A text as a platform shows it, and the key of the tag that it came from.

    `whole` is the text before the platform shortened it, "" where it did not.
    """

    text: str
    tag: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class UnfurlResult:
    """What a platform shows of a link. Without a preview, title, description and image are None.

    `problems` has a sentence for each limit that is broken: the limit, and what was found.
    """

    crawler: str
    title: PreviewField | None = None
    description: PreviewField | None = None
    image: PreviewField | None = None
    site_name: str = ""
    extras: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


def unfurl(crawler: Crawler, page: FetchedPage) -> UnfurlResult:
    """Return the preview that this crawler's platform makes of a page, and what is wrong."""
    found = read_metadata(crawler, page)
    kept = accepted_metadata(crawler, found)
    fatal = tuple(fatal_problems(crawler, page, kept))
    problems = (
        *fatal,
        *limit_problems(crawler, page, found, kept),
        *_embed_problems(crawler, found),
    )
    site_name = kept.text("og:site_name")
    if fatal:
        return UnfurlResult(crawler.name, site_name=site_name, problems=problems)
    return UnfurlResult(
        crawler=crawler.name,
        title=_shown(entry_of(crawler, kept, "title"), crawler.title),
        description=_shown(entry_of(crawler, kept, "description"), crawler.description),
        image=_image(entry_of(crawler, kept, "image"), page.url),
        site_name=site_name,
        extras=tuple(_extras(crawler, kept)),
        problems=problems,
    )


def truncate_for(text: str, limit: TextLimit) -> str:
    """Return the text as far as it is shown, never with half a character."""
    if limit.maximum is None or measure(text, limit) <= limit.maximum:
        return text
    room = limit.maximum - measure(limit.ending, limit)
    if limit.unit == "bytes":
        return text.encode()[:room].decode(errors="ignore").rstrip() + limit.ending
    return text[:room].rstrip() + limit.ending


def read_metadata(crawler: Crawler, page: FetchedPage) -> PageMetadata:
    """Return what stands in the part of a page that the crawler reads."""
    return parse_page_metadata(
        page.body[: crawler.max_read_bytes], page.headers.get("content-type", "")
    )


def accepted_metadata(crawler: Crawler, found: PageMetadata) -> PageMetadata:
    """Return what the crawler goes on with: Synapse drops long values, and all of too many."""
    limits = crawler.page
    if limits.og_tags is not None and len(found.open_graph()) > limits.og_tags:
        found = found.without(*found.open_graph())
    if limits.value_characters is None:
        return found
    most = limits.value_characters
    return found.without(*(e.key for e in found.entries if len(e.value) > most))


def _shown(entry: MetaTag | None, limit: TextLimit) -> PreviewField | None:
    if entry is None:
        return None
    whole = " ".join(entry.value.split())
    text = truncate_for(whole, limit)
    return PreviewField(text, entry.key, "" if text == whole else whole)


def _image(entry: MetaTag | None, base: str) -> PreviewField | None:
    if entry is None:
        return None
    try:
        return PreviewField(urljoin(base, entry.value), entry.key)
    except ValueError:  # half an IPv6 address, for one
        return PreviewField(entry.value, entry.key)


def _extras(crawler: Crawler, kept: PageMetadata) -> Iterator[tuple[str, str]]:
    words = crawler.tags.labels
    for number in (1, 2) if words is not None else ():
        label, value = (kept.text(f"twitter:{part}{number}") for part in ("label", "data"))
        if label and value and (not words or any(word in label.lower() for word in words)):
            yield label, value
    for key in crawler.tags.extras:
        if kept.text(key):
            yield key.partition("meta:")[2] or key, kept.text(key)
    if crawler.name == "discord" and kept.embed is not None:
        yield "component embed", f"{len(kept.embed.encode()):,} bytes"


def _embed_problems(crawler: Crawler, found: PageMetadata) -> list[str]:
    if crawler.name != "discord" or found.embed is None:
        return []
    return [f"Component embed: {what}" for what in discord_embed.validate_embed_json(found.embed)]
