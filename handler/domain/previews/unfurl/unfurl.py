"""The preview that a platform makes of a link, and each limit that the page breaks.

Works on a page that was fetched already: by scripts/unfurl over the network, by tests in process.
"""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.discord_embed import validate_embed_json
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.page_metadata import MetaTag, PageMetadata, parse_page_metadata
from handler.domain.previews.unfurl.page_rules import (
    fatal_problems,
    find_tag,
    limit_problems,
    measure,
)


class PreviewField(NamedTuple):
    """A text as a platform shows it, and the key of its tag.

    `full_text` is the text before the platform truncated it, "" where it did not.
    """

    text: str
    tag: str
    full_text: str = ""


class UnfurlResult(NamedTuple):
    """The preview of a link. Without one, title, description and image are None.

    `problems` has a sentence for each broken limit, which names the limit and the value.
    """

    crawler: str
    title: PreviewField | None = None
    description: PreviewField | None = None
    image: PreviewField | None = None
    site_name: str = ""
    extras: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


def unfurl(crawler: Crawler, page: FetchedPage) -> UnfurlResult:
    """Return the preview that this crawler's platform makes of a page, and its problems."""
    metadata = read_metadata(crawler, page)
    accepted = accepted_metadata(crawler, metadata)
    fatal = tuple(fatal_problems(crawler, page, accepted))
    embed = metadata.embed if crawler.name == "discord" else None
    faults = validate_embed_json(embed) if embed is not None else []
    problems = (
        *fatal,
        *limit_problems(crawler, page, metadata, accepted),
        *(f"Component embed: {fault}" for fault in faults),
    )
    site_name = accepted.text("og:site_name")
    if fatal:
        return UnfurlResult(crawler.name, site_name=site_name, problems=problems)
    return UnfurlResult(
        crawler=crawler.name,
        title=_text_field(find_tag(crawler, accepted, "title"), crawler.title),
        description=_text_field(find_tag(crawler, accepted, "description"), crawler.description),
        image=_image_field(find_tag(crawler, accepted, "image"), _base_url(page, metadata)),
        site_name=site_name,
        extras=tuple(_extras(crawler, accepted)),
        problems=problems,
    )


def truncate_for(text: str, limit: TextLimit) -> str:
    """Return the text truncated to a limit, never within a character."""
    if limit.maximum is None or measure(text, limit) <= limit.maximum:
        return text
    size = limit.maximum - measure(limit.ending, limit)
    if limit.unit == "bytes":
        return text.encode()[:size].decode(errors="ignore").rstrip() + limit.ending
    return text[:size].rstrip() + limit.ending


def read_metadata(crawler: Crawler, page: FetchedPage) -> PageMetadata:
    """Return the metadata in the part of a page that the crawler reads."""
    return parse_page_metadata(page.body[: crawler.max_read_bytes], page.encoding)


def accepted_metadata(crawler: Crawler, metadata: PageMetadata) -> PageMetadata:
    """Return the metadata without what the crawler drops: long values, and all of too many tags."""
    limits = crawler.page
    if limits.og_tags is not None and len(metadata.open_graph()) > limits.og_tags:
        metadata = metadata.without(*metadata.open_graph())
    maximum = limits.value_characters
    if maximum is None:
        return metadata
    return metadata.without(*(tag.key for tag in metadata.tags if len(tag.value) > maximum))


def _text_field(tag: MetaTag | None, limit: TextLimit) -> PreviewField | None:
    if tag is None:
        return None
    full_text = " ".join(tag.value.split())
    text = truncate_for(full_text, limit)
    return PreviewField(text, tag.key, "" if text == full_text else full_text)


def _image_field(tag: MetaTag | None, base_url: str) -> PreviewField | None:
    return PreviewField(_join(base_url, tag.value) or tag.value, tag.key) if tag else None


def _base_url(page: FetchedPage, metadata: PageMetadata) -> str:
    """Return the URL that relative ones of a page are resolved against: its <base>, or its own."""
    url = _join(page.url, metadata.base)
    return url if url.startswith(("http://", "https://")) else page.url


def _join(base_url: str, url: str) -> str:
    """Return the absolute URL, "" for an invalid one, such as an incomplete IPv6 address."""
    try:
        return urljoin(base_url, url)
    except ValueError:
        return ""


def _extras(crawler: Crawler, accepted: PageMetadata) -> Iterator[tuple[str, str]]:
    words = crawler.tags.labels
    for number in (1, 2) if words is not None else ():
        label, value = (accepted.text(f"twitter:{part}{number}") for part in ("label", "data"))
        if label and value and (not words or any(word in label.lower() for word in words)):
            yield label, value
    for key in crawler.tags.extras:
        if accepted.text(key):
            yield key.partition("meta:")[2] or key, accepted.text(key)
    if crawler.name == "discord" and accepted.embed is not None:
        yield "component embed", f"{len(accepted.embed.encode()):,} bytes"
