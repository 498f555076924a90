"""Generates docs/crawlers.md from the table of crawlers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handler.domain.previews.crawlers.ai_crawlers import AI_CRAWLERS
from handler.domain.previews.crawlers.crawler import (
    EVIDENCE_GRADES,
    Crawler,
    ImageLimits,
    PageLimits,
    TextLimit,
)
from handler.domain.previews.crawlers.crawlers import CRAWLERS
from scripts.lib.command_line import create_parser, run

PATH = Path(__file__).resolve().parents[2] / "docs" / "crawlers.md"

_OPENING = """# What crawlers read

What each platform reads of a page, and its limits. For developers of previews. Burgee's pages keep
all of these limits at once, and `scripts/unfurl URL` checks any page against them.

`scripts/crawlers-doc` generates this document from `handler/domain/previews/crawlers/`.

Facts that are not published are left out. For all others, a letter grades the evidence. A grade
without a link stands for observations that could not be traced to a public page.

{grades}

| platform | requests | reads | timeout | title from | description from |
| --- | --- | --- | --- | --- | --- |
"""

_AI_CRAWLERS = """## AI crawlers

`ROBOTS_LLM` disallows them in robots.txt by kind. Their names there are from the package
ai-crawler-index: `scripts/ai-crawlers` copies them.

| kind | names in robots.txt |
| --- | --- |
"""


def main(arguments: Sequence[str]) -> int:
    """Write the document, and return the exit status."""
    parser = create_parser("crawlers-doc", __doc__)
    parser.parse_args(arguments)
    PATH.write_text(build_document(), encoding="utf-8")
    print(f"{len(CRAWLERS)} crawlers, written to {PATH}")
    return 0


def build_document() -> str:
    """Return the document for the current table."""
    grades = "\n".join(f"- **{letter}**: {meaning}" for letter, meaning in EVIDENCE_GRADES.items())
    rows = "".join(f"| {' | '.join(_row(crawler))} |\n" for crawler in CRAWLERS)
    sections = "\n".join("\n".join(_section(crawler)) for crawler in CRAWLERS)
    kinds = "".join(
        f"| `{kind}` | {', '.join(f'`{name}`' for name in names)} |\n"
        for kind, names in AI_CRAWLERS.items()
    )
    return f"{_OPENING.format(grades=grades)}{rows}\n{sections}\n{_AI_CRAWLERS}{kinds}"


def _row(crawler: Crawler) -> list[str]:
    request = crawler.request
    timeout = f"{request.timeout_seconds:g} s" if request.timeout_seconds else ""
    max_read = f"{crawler.max_read_bytes:,} bytes" if crawler.max_read_bytes else ""
    methods = " then ".join(request.methods) + (" with a range" if request.last_byte else "")
    is_known = "tags" in _cited_facts(crawler)
    priorities = (crawler.tags.title, crawler.tags.description)
    tags = [f"`{keys[0]}`" if is_known and keys else "" for keys in priorities]
    return [crawler.label, methods, max_read, timeout, *tags]


def _section(crawler: Crawler) -> Iterator[str]:
    yield f"## {crawler.label}"
    yield ""
    if crawler.kind == "preview":
        yield f"- Shows links in {_join(crawler.platforms or (crawler.label,))}."
    yield f"- User-Agent: `{crawler.user_agent}`"
    if crawler.robots:
        yield f"- Name in robots.txt: `{crawler.robots}`"
    for sentence in (*_request(crawler), *_tags(crawler), *_limits(crawler), *crawler.remarks):
        yield f"- {sentence}"
    yield f"- Sources: {_citations(crawler)}."
    yield ""


def _request(crawler: Crawler) -> Iterator[str]:
    request = crawler.request
    if request.last_byte:
        yield f"Sends `Range: bytes=0-{request.last_byte}`."
    if "request" in _cited_facts(crawler):
        yield f"Sends `Accept: {request.accept}` and `Accept-Encoding: {request.accept_encoding}`."
    if request.max_redirects is not None:
        absolute = " to absolute URLs" if request.absolute_redirects_only else ""
        secure = ", to https only" if request.https_redirects_only else ""
        yield f"Follows at most {request.max_redirects} redirects{absolute}{secure}."


def _tags(crawler: Crawler) -> Iterator[str]:
    tags = crawler.tags
    if "tags" not in _cited_facts(crawler):
        return
    for field, keys in (
        ("title", tags.title),
        ("description", tags.description),
        ("image", tags.image),
    ):
        if keys:
            yield f"Takes the {field} from {', then '.join(f'`{key}`' for key in keys)}."
    if tags.property_only:
        yield "Reads Open Graph tags with `property=` only."
    if tags.labels is not None:
        words = f" that contain {_join(tags.labels, 'or')}" if tags.labels else ""
        yield f"Shows `twitter:label1` and `twitter:label2` with their data{words}."
    if tags.extras:
        yield f"Also reads {_join([f'`{key}`' for key in tags.extras])}."


def _limits(crawler: Crawler) -> Iterator[str]:
    yield from _text("title", crawler.title)
    yield from _text("description", crawler.description)
    yield from _page(crawler.page)
    image = list(_image(crawler.image))
    if image:
        yield f"Image: {', '.join(image)}."


def _text(field: str, limit: TextLimit) -> Iterator[str]:
    if limit.required:
        yield f"Shows no preview without a {field}."
    if limit.maximum is None:
        return
    if limit.overflow == "cut":
        yield f"Truncates the {field} to {limit.maximum} {limit.unit}."
    else:
        yield f"Shows at most {limit.maximum} {limit.unit} of the {field}."


def _page(limits: PageLimits) -> Iterator[str]:
    maxima = {
        "Drops all og: tags if there are more than {:,}.": limits.og_tags,
        "Shows no preview for Open Graph of more than {:,} bytes as JSON.": limits.og_json_bytes,
        "Drops values of more than {:,} characters.": limits.value_characters,
        "Shows no preview for a URL of more than {:,} characters.": limits.url_characters,
        "Shows no preview for a site name of more than {:,} characters.": (
            limits.site_name_characters
        ),
        "Shows no preview for an alternative text of more than {:,} characters.": (
            limits.alt_characters
        ),
    }
    yield from (words.format(limit) for words, limit in maxima.items() if limit is not None)
    flags = {
        "Wants a title without the site’s name.": limits.title_without_site_name,
        "Needs `og:image:width` and `og:image:height` to show an image for the first share.": (
            limits.image_size_declared
        ),
        "Hangs on a meta refresh.": limits.no_meta_refresh,
        "Accepts a theme-color only as `#RRGGBB`.": limits.theme_color_in_hex,
    }
    yield from (words for words, is_set in flags.items() if is_set)


def _image(limits: ImageLimits) -> Iterator[str]:
    bounds = {
        "at least {:,} pixels wide": limits.min_width,
        "at least {:,} pixels high": limits.min_height,
        "at most {:,} bytes": limits.max_bytes,
        "at most {:,} pixels in all": limits.max_pixels,
        "at most {:g} to 1": limits.ratio,
    }
    yield from (words.format(bound) for words, bound in bounds.items() if bound is not None)
    if limits.formats:
        yield f"as {_join(limits.formats, 'or')}"
    if limits.requires_content_length:
        yield "with a Content-Length"
    if not limits.follows_redirects:
        yield "without a redirect"


def _citations(crawler: Crawler) -> str:
    return "; ".join(
        f"**{citation.grade}** {_join([fact.replace('_', ' ') for fact in citation.facts])}"
        + (f" ([page]({citation.url}))" if citation.url else "")
        for citation in crawler.citations
    )


def _cited_facts(crawler: Crawler) -> set[str]:
    return {fact for citation in crawler.citations for fact in citation.facts}


def _join(items: Sequence[str], conjunction: str = "and") -> str:
    *others, last = items
    return f"{', '.join(others)} {conjunction} {last}" if others else last


if __name__ == "__main__":
    run(main)
