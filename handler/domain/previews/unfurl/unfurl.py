"""What becomes of a link on one platform: its preview, and each limit that the page breaks.

Pure, on a page as it was fetched: scripts/unfurl fetches from the network, the tests in process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from handler.domain.previews import discord_embed
from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.unfurl.fetched_page import Download
from handler.domain.previews.unfurl.page_metadata import Entry, Metadata, metadata_of
from handler.domain.previews.unfurl.page_rules import breaking, dropping, entry_of, size


@dataclass(frozen=True, slots=True)
class Field:
    """A text as a platform shows it, and the key of the tag that it came from.

    `whole` is the text before the platform shortened it, "" where it did not.
    """

    text: str
    tag: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Unfurl:
    """What a platform shows of a link. Without a preview, title, description and image are None.

    `problems` has a sentence for each limit that is broken: the limit, and what was found.
    """

    crawler: str
    title: Field | None = None
    description: Field | None = None
    image: Field | None = None
    site_name: str = ""
    extras: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


def unfurl(crawler: Crawler, page: Download) -> Unfurl:
    """Return the preview that this crawler's platform makes of a page, and what is wrong."""
    found = found_by(crawler, page)
    kept = kept_by(crawler, found)
    fatal = tuple(dropping(crawler, page, kept))
    problems = (*fatal, *breaking(crawler, page, found, kept), *_embed_problems(crawler, found))
    site_name = kept.text("og:site_name")
    if fatal:
        return Unfurl(crawler.name, site_name=site_name, problems=problems)
    return Unfurl(
        crawler=crawler.name,
        title=_shown(entry_of(crawler, kept, "title"), crawler.title),
        description=_shown(entry_of(crawler, kept, "description"), crawler.description),
        image=_image(entry_of(crawler, kept, "image"), page.url),
        site_name=site_name,
        extras=tuple(_extras(crawler, kept)),
        problems=problems,
    )


def shown(text: str, limit: TextLimit) -> str:
    """Return the text as far as it is shown, never with half a character."""
    if limit.most is None or size(text, limit) <= limit.most:
        return text
    room = limit.most - size(limit.ending, limit)
    if limit.unit == "bytes":
        return text.encode()[:room].decode(errors="ignore").rstrip() + limit.ending
    return text[:room].rstrip() + limit.ending


def found_by(crawler: Crawler, page: Download) -> Metadata:
    """Return what stands in the part of a page that the crawler reads."""
    return metadata_of(page.body[: crawler.window_bytes], page.headers.get("content-type", ""))


def kept_by(crawler: Crawler, found: Metadata) -> Metadata:
    """Return what the crawler goes on with: Synapse drops long values, and all of too many."""
    limits = crawler.page
    if limits.og_tags is not None and len(found.open_graph()) > limits.og_tags:
        found = found.without(*found.open_graph())
    if limits.value_characters is None:
        return found
    most = limits.value_characters
    return found.without(*(e.key for e in found.entries if len(e.value) > most))


def _shown(entry: Entry | None, limit: TextLimit) -> Field | None:
    if entry is None:
        return None
    whole = " ".join(entry.value.split())
    text = shown(whole, limit)
    return Field(text, entry.key, "" if text == whole else whole)


def _image(entry: Entry | None, base: str) -> Field | None:
    if entry is None:
        return None
    try:
        return Field(urljoin(base, entry.value), entry.key)
    except ValueError:  # half an IPv6 address, for one
        return Field(entry.value, entry.key)


def _extras(crawler: Crawler, kept: Metadata) -> Iterator[tuple[str, str]]:
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


def _embed_problems(crawler: Crawler, found: Metadata) -> list[str]:
    if crawler.name != "discord" or found.embed is None:
        return []
    return [f"Component embed: {what}" for what in discord_embed.written_problems(found.embed)]
