"""Writes docs/crawlers.md from the table of crawlers, so that the two cannot disagree."""

import sys
from collections.abc import Iterator
from pathlib import Path

from handler.domain.previews.crawlers.crawler import (
    EVIDENCE_GRADES,
    Crawler,
    ImageLimits,
    PageLimits,
    TextLimit,
)
from handler.domain.previews.crawlers.crawlers import CRAWLERS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "crawlers.md"

_OPENING = """# What crawlers read

Made from `handler/domain/previews/crawlers/crawlers.py` by `python -m scripts.commands.crawlers_doc`; a test
keeps it so. Pages keep all of these limits at once, `scripts/unfurl URL` shows how any page does.

A fact that nobody has published is left out. Where each of the others comes from is told by a
letter; one without an address stands for what was seen and could not be traced to a public page.

{grades}

| platform | asks by | reads | waits | title from | description from |
| --- | --- | --- | --- | --- | --- |
"""


def main() -> int:
    """Write the document, and return the exit status."""
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(f"{len(CRAWLERS)} crawlers, written to {DOCUMENT}")
    return 0


def document() -> str:
    """Return the document as the table has it."""
    grades = "\n".join(f"- **{letter}**: {meaning}" for letter, meaning in EVIDENCE_GRADES.items())
    rows = "".join(f"| {' | '.join(_row(crawler))} |\n" for crawler in CRAWLERS)
    sections = "\n".join("\n".join(_section(crawler)) for crawler in CRAWLERS)
    return f"{_OPENING.format(grades=grades)}{rows}\n{sections}"


def _row(crawler: Crawler) -> list[str]:
    request = crawler.request
    waits = f"{request.timeout_seconds:g} s" if request.timeout_seconds else ""
    reads = f"{crawler.max_read_bytes:,} bytes" if crawler.max_read_bytes else ""
    asks = " then ".join(request.methods) + (" with a range" if request.last_byte else "")
    known = "tags" in _sourced(crawler)
    texts = (crawler.tags.title, crawler.tags.description)
    tags = [f"`{keys[0]}`" if known and keys else "" for keys in texts]
    return [crawler.label, asks, reads, waits, *tags]


def _section(crawler: Crawler) -> Iterator[str]:
    yield f"## {crawler.label}"
    yield ""
    if crawler.platforms:
        yield f"- Shows links in {_listed(crawler.platforms)}."
    yield f"- Calls itself `{crawler.user_agent}`."
    if crawler.robots:
        yield f"- Answers to `{crawler.robots}` in robots.txt."
    for sentence in (*_requests(crawler), *_tags(crawler), *_limits(crawler), *crawler.remarks):
        yield f"- {sentence}"
    yield f"- Sources: {_sources(crawler)}."
    yield ""


def _requests(crawler: Crawler) -> Iterator[str]:
    request = crawler.request
    if request.last_byte:
        yield f"Sends `Range: bytes=0-{request.last_byte}`."
    if "request" in _sourced(crawler):
        yield f"Sends `Accept: {request.accept}` and `Accept-Encoding: {request.accept_encoding}`."
    if request.redirects is not None:
        kind = " to whole addresses" if request.absolute_redirects_only else ""
        secure = ", to https only" if request.https_redirects_only else ""
        yield f"Follows at most {request.redirects} redirects{kind}{secure}."


def _tags(crawler: Crawler) -> Iterator[str]:
    tags = crawler.tags
    if "tags" not in _sourced(crawler):
        return
    for field, keys in (
        ("title", tags.title),
        ("description", tags.description),
        ("picture", tags.image),
    ):
        if keys:
            yield f"Takes the {field} from {', then '.join(f'`{key}`' for key in keys)}."
    if tags.property_only:
        yield "Takes Open Graph tags with `property=` only."
    if tags.labels is not None:
        words = f" that say {_listed(tags.labels)}" if tags.labels else ""
        yield f"Shows `twitter:label1` and `twitter:label2` with their data{words}."
    if tags.extras:
        yield f"Reads {_listed([f'`{key}`' for key in tags.extras])} too."


def _limits(crawler: Crawler) -> Iterator[str]:
    yield from _text("title", crawler.title)
    yield from _text("description", crawler.description)
    yield from _page(crawler.page)
    image = list(_image(crawler.image))
    if image:
        yield f"Picture: {', '.join(image)}."


def _text(field: str, limit: TextLimit) -> Iterator[str]:
    if limit.needed:
        yield f"Shows nothing without a {field}."
    if limit.maximum is None:
        return
    if limit.over == "cut":
        yield f"Cuts a {field} to {limit.maximum} {limit.unit}."
    else:
        yield f"Shows no more than {limit.maximum} {limit.unit} of a {field}."


def _page(limits: PageLimits) -> Iterator[str]:
    sized = {
        "Drops all og: tags of more than {:,}.": limits.og_tags,
        "Drops a preview whose Open Graph is more than {:,} bytes as JSON.": limits.og_json_bytes,
        "Drops a value of more than {:,} characters.": limits.value_characters,
        "Drops a preview with an address of more than {:,} characters.": limits.url_characters,
        "Drops a preview with a site’s name of more than {:,} characters.": (
            limits.site_name_characters
        ),
        "Drops a preview with an alternative text of more than {:,} characters.": (
            limits.alt_characters
        ),
    }
    yield from (words.format(most) for words, most in sized.items() if most is not None)
    flags = {
        "Wants a title without the site’s name.": limits.title_without_site_name,
        "Wants `og:image:width` and `og:image:height`, or the first share has no picture.": (
            limits.image_size_declared
        ),
        "Hangs on a meta refresh.": limits.no_meta_refresh,
        "Takes a theme-color as `#RRGGBB` only.": limits.theme_color_in_hex,
    }
    yield from (words for words, holds in flags.items() if holds)


def _image(limits: ImageLimits) -> Iterator[str]:
    sized = {
        "at least {:,} pixels wide": limits.min_width,
        "at least {:,} pixels high": limits.min_height,
        "at most {:,} bytes": limits.max_bytes,
        "at most {:,} pixels in all": limits.max_pixels,
        "at most {:g} to 1": limits.ratio,
    }
    yield from (words.format(most) for words, most in sized.items() if most is not None)
    if limits.formats:
        yield f"as {_listed(limits.formats, 'or')}"
    if limits.needs_length:
        yield "with its Content-Length"
    if not limits.redirects:
        yield "without a redirect"


def _sources(crawler: Crawler) -> str:
    return "; ".join(
        f"**{source.grade}** {_listed([fact.replace('_', ' ') for fact in source.facts])}"
        + (f" ([page]({source.address}))" if source.address else "")
        for source in crawler.sources
    )


def _sourced(crawler: Crawler) -> set[str]:
    return {fact for source in crawler.sources for fact in source.facts}


def _listed(items: tuple[str, ...] | list[str], word: str = "and") -> str:
    *most, last = items
    return f"{', '.join(most)} {word} {last}" if most else last


if __name__ == "__main__":
    sys.exit(main())
