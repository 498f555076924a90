"""What a page is made of, apart from its words: by the parser that browsers agree on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

_URLS = frozenset({"href", "src", "action", "data", "srcdoc", "srcset", "formaction", "poster"})
# Of which each page has its number, whatever its words are.
_FEW = frozenset(
    {"script", "style", "link", "base", "form", "iframe", "object", "svg", "img", "h1"}
)
PROSE = "description"


@dataclass(frozen=True)
class Structure:
    """The kinds of elements and attributes, where addresses lead, and how many of the few."""

    kinds: frozenset[str]
    places: frozenset[str]
    few: Counter[str]

    def __or__(self, other: "Structure") -> "Structure":
        """Return what is in either."""
        return Structure(self.kinds | other.kinds, self.places | other.places, self.few | other.few)

    def beyond(self, other: "Structure") -> list[str]:
        """Return what this has and the other has not."""
        more = self.few - other.few
        return sorted([*(self.kinds - other.kinds), *(self.places - other.places), *more])


@lru_cache(64)
def structure_of(html: str, without_prose: bool = True) -> Structure:
    """Return the structure of a page, but for what Markdown has made in its description."""
    elements = list(_elements(html5lib.parse(html, namespaceHTMLElements=False), without_prose))
    return Structure(
        frozenset(map(_kind, elements)),
        frozenset(place for one in elements for place in _places(one)),
        Counter(str(one.tag) for one in elements if one.tag in _FEW),
    )


def _elements(root: Element, without_prose: bool) -> Iterator[Element]:
    yield root
    if without_prose and root.get("class") == PROSE:
        return
    for child in root:
        yield from _elements(child, without_prose)


def _places(element: Element) -> Iterator[str]:
    """Yield the scheme and host that an element leads to; neither for a path of the site."""
    for value in (value for name, value in element.attrib.items() if name in _URLS):
        parts = urlsplit(value)
        yield f"{element.tag} to {parts.scheme}://{parts.netloc}"
        if value.startswith(("//", "/\\")):
            yield f"{element.tag} to {value[:40]}"


def _kind(element: Element) -> str:
    """Return an element's tag and attributes, with the values that give it another meaning."""
    meaning = ("property", "name", "http-equiv", "rel", "type")
    return " ".join(
        [
            str(element.tag),
            *sorted(map(str, element.attrib)),
            *(element.attrib[name] for name in meaning if name in element.attrib),
        ]
    )
