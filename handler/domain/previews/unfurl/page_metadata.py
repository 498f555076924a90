"""The metadata in the head of a page, as a crawler finds it in the bytes that it reads.

Keys: `og:title` and other names with a colon as they are, `meta:description` for names without,
`title`, `link:canonical`, and `jsonld:headline` for a root object of JSON-LD.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, Literal, NamedTuple

EMBED_ID = "discord:component-embed"

_FIRST_CHUNK_CHARACTERS = 4_096
# Mastodon, the only crawler that reads JSON-LD for its cards, reads these types, and no @graph.
_JSON_LD_TYPES = ("NewsArticle", "WebPage")
_JSON_LD_KEYS = ("headline", "description")


class MetaTag(NamedTuple):
    """One value with its key, and the attribute or element that named the key."""

    key: str
    value: str
    attribute: Literal["property", "name", "element"] = "element"


class PageMetadata(NamedTuple):
    """The tags of a head in their order, the text of a component embed, whether the head ended.

    `base` is the href of the first <base>, "" without one.
    """

    tags: tuple[MetaTag, ...] = ()
    embed: str | None = None
    ended: bool = False
    base: str = ""

    def first(self, *keys: str, property_only: bool = False) -> MetaTag | None:
        """Return the first tag with a value, trying one key after the other."""
        for key in keys:
            for tag in self.tags:
                strict = property_only and key.startswith("og:")
                if tag.key == key and tag.value and (not strict or tag.attribute == "property"):
                    return tag
        return None

    def text(self, *keys: str) -> str:
        """Return the value of the first tag with one, "" without any."""
        tag = self.first(*keys)
        return tag.value if tag else ""

    def open_graph(self) -> dict[str, str]:
        """Return the og: values; the last one of a repeated key counts."""
        return {tag.key: tag.value for tag in self.tags if tag.key.startswith("og:")}

    def without(self, *keys: str) -> "PageMetadata":
        """Return the metadata without these keys."""
        return self._replace(tags=tuple(tag for tag in self.tags if tag.key not in keys))


# The inspector evaluates the same bytes for every crawler.
@lru_cache(maxsize=4)
def parse_page_metadata(html: bytes, encoding: str = "utf-8") -> PageMetadata:
    """Return the metadata of a page, or of the beginning of one, up to the end of its head.

    `encoding` is a codec of Python's.
    """
    text = html.decode(encoding, errors="replace")
    parser = _HeadParser()
    position, chunk = 0, _FIRST_CHUNK_CHARACTERS
    while position < len(text) and not parser.ended:
        parser.feed(text[position : position + chunk])
        # The parser reads an unfinished tag again with each chunk: growing chunks keep it linear.
        position, chunk = position + chunk, 2 * chunk
    # Newer Pythons (3.14.8) keep the last chunk until then. A tag that is cut off becomes text.
    parser.close()
    tags = (tag._replace(value=tag.value.strip()) for tag in parser.tags)
    return PageMetadata(tuple(tags), parser.embed, parser.ended, parser.base.strip())


class _HeadParser(HTMLParser):
    """Collects tags until the head ends, by its own end tag or by the body's start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[MetaTag] = []
        self.embed: str | None = None
        self.ended = False
        self.base = ""
        self._element = ""
        self._attributes: dict[str, str] = {}
        self._text = ""

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Read `<![…` as the comment that it is in HTML: the inherited way raises on most of it."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.ended or tag == "body":
            self.ended = True
        elif tag == "meta":
            self.tags.extend(_meta_tags(attributes))
        elif tag == "link":
            self.tags.extend(_link_tags(attributes))
        elif tag == "base":
            self.base = self.base or attributes.get("href", "")
        elif tag in ("title", "script"):
            self._element, self._attributes, self._text = tag, attributes, ""

    def handle_data(self, data: str) -> None:
        if self._element and not self.ended:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.ended = True
        if tag != self._element or self.ended:
            return
        self._element = ""
        if tag == "title":
            self.tags.append(MetaTag("title", self._text))
        elif self._attributes.get("id") == EMBED_ID:
            self.embed = self._text.strip()
        elif self._attributes.get("type") == "application/ld+json":
            self.tags.extend(_json_ld_tags(self._text))


def _meta_tags(attributes: dict[str, str]) -> Iterator[MetaTag]:
    content = attributes.get("content", "")
    if "property" in attributes:
        yield MetaTag(_key(attributes["property"]), content, "property")
    elif "name" in attributes:
        yield MetaTag(_key(attributes["name"]), content, "name")
    elif "http-equiv" in attributes:
        yield MetaTag(f"http:{attributes['http-equiv'].lower()}", content)


def _link_tags(attributes: dict[str, str]) -> Iterator[MetaTag]:
    href = attributes.get("href", "")
    if attributes.get("type", "").endswith("+oembed"):
        yield MetaTag("link:oembed", href)
    for relation in attributes.get("rel", "").split():
        yield MetaTag(f"link:{relation.lower()}", href)


def _key(name: str) -> str:
    name = name.strip()
    return name if ":" in name else f"meta:{name}"


def _json_ld_tags(text: str) -> Iterator[MetaTag]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    for root in value if isinstance(value, list) else [value]:
        if isinstance(root, dict) and root.get("@type") in _JSON_LD_TYPES:
            values = ((key, root.get(key)) for key in _JSON_LD_KEYS)
            yield from (MetaTag(f"jsonld:{key}", v) for key, v in values if isinstance(v, str))
            return
