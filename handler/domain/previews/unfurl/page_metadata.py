"""What stands in the head of a page, as a crawler finds it in the bytes that it reads.

Keys: `og:title` and other names with a colon as they are, `meta:description` for names without,
`title`, `link:canonical`, and `jsonld:headline` from a root object of JSON-LD.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, Literal

EMBED_ID = "discord:component-embed"

_FIRST_CHUNK_CHARACTERS = 4_096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 1_024
# Mastodon, the one that reads JSON-LD for its cards, looks at these types and into no @graph.
_JSON_LD_TYPES = ("NewsArticle", "WebPage")
_JSON_LD_KEYS = ("headline", "description")


@dataclass(frozen=True, slots=True)
class MetaTag:
    """One value with its key, and how it was written."""

    key: str
    value: str
    attribute: Literal["property", "name", "element"] = "element"


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The entries of a head in their order, a component embed's text, and whether it ended."""

    entries: tuple[MetaTag, ...] = ()
    embed: str | None = None
    ended: bool = False

    def first(self, *keys: str, property_only: bool = False) -> MetaTag | None:
        """Return the first entry with a value, trying one key after the other."""
        for key in keys:
            for entry in self.entries:
                strict = property_only and key.startswith("og:")
                if (
                    entry.key == key
                    and entry.value
                    and (not strict or entry.attribute == "property")
                ):
                    return entry
        return None

    def text(self, *keys: str) -> str:
        """Return the value of the first entry with one, "" without any."""
        entry = self.first(*keys)
        return entry.value if entry else ""

    def open_graph(self) -> dict[str, str]:
        """Return the og: values, of a repeated one the last."""
        return {e.key: e.value for e in self.entries if e.key.startswith("og:")}

    def without(self, *keys: str) -> "PageMetadata":
        """Return the metadata without these keys."""
        return replace(self, entries=tuple(e for e in self.entries if e.key not in keys))


# A page that is judged for every crawler is the same bytes each time.
@lru_cache(maxsize=4)
def parse_page_metadata(html: bytes, content_type: str = "") -> PageMetadata:
    """Return what is found in a page, or in the beginning of one, up to the end of its head."""
    text = html.decode(_encoding(html, content_type), errors="replace")
    parser = _HeadParser()
    fed, chunk = 0, _FIRST_CHUNK_CHARACTERS
    while fed < len(text) and not parser.ended:
        parser.feed(text[fed : fed + chunk])
        # What is unfinished is read again with each chunk: growing ones keep that in proportion.
        fed, chunk = fed + chunk, 2 * chunk
    entries = (replace(entry, value=entry.value.strip()) for entry in parser.found)
    return PageMetadata(tuple(entries), parser.embed, parser.ended)


def _encoding(html: bytes, content_type: str) -> str:
    declared = _CHARSET.search(content_type.encode(errors="replace")) or _CHARSET.search(
        html[:_DECLARED_WITHIN]
    )
    name = declared[1].decode() if declared else "utf-8"
    try:
        # Some codecs of Python's are not of characters.
        return name if codecs.lookup(name)._is_text_encoding else "utf-8"
    except LookupError:
        return "utf-8"


@dataclass
class _Inside:
    tag: str = ""
    given: dict[str, str] = field(default_factory=dict)
    text: str = ""


class _HeadParser(HTMLParser):
    """Collects entries until the head ends, by its tag or by the body's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[MetaTag] = []
        self.embed: str | None = None
        self.ended = False
        self._inside = _Inside()

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Read `<![…` as the comment that it is in HTML: the inherited way raises on most of it."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.ended or tag == "body":
            self.ended = True
        elif tag == "meta":
            self.found.extend(_meta(given))
        elif tag == "link":
            self.found.extend(_links(given))
        elif tag in ("title", "script"):
            self._inside = _Inside(tag, given)

    def handle_data(self, data: str) -> None:
        if self._inside.tag and not self.ended:
            self._inside.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.ended = True
        if tag != self._inside.tag or self.ended:
            return
        inside, self._inside = self._inside, _Inside()
        if tag == "title":
            self.found.append(MetaTag("title", inside.text))
        elif inside.given.get("id") == EMBED_ID:
            self.embed = inside.text.strip()
        elif inside.given.get("type") == "application/ld+json":
            self.found.extend(_json_ld(inside.text))


def _meta(given: dict[str, str]) -> Iterator[MetaTag]:
    content = given.get("content", "")
    if "property" in given:
        yield MetaTag(_key(given["property"]), content, "property")
    elif "name" in given:
        yield MetaTag(_key(given["name"]), content, "name")
    elif "http-equiv" in given:
        yield MetaTag(f"http:{given['http-equiv'].lower()}", content)


def _links(given: dict[str, str]) -> Iterator[MetaTag]:
    href = given.get("href", "")
    if given.get("type", "").endswith("+oembed"):
        yield MetaTag("link:oembed", href)
    for relation in given.get("rel", "").split():
        yield MetaTag(f"link:{relation.lower()}", href)


def _key(name: str) -> str:
    name = name.strip()
    return name if ":" in name else f"meta:{name}"


def _json_ld(text: str) -> Iterator[MetaTag]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    for root in value if isinstance(value, list) else [value]:
        if isinstance(root, dict) and root.get("@type") in _JSON_LD_TYPES:
            given = ((key, root.get(key)) for key in _JSON_LD_KEYS)
            yield from (MetaTag(f"jsonld:{key}", v) for key, v in given if isinstance(v, str))
            return
