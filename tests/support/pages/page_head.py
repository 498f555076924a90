"""The head of a page as a crawler reads it."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class PageHead:
    """What stands in a head. `order` has a word for each thing, as it comes."""

    title: str = ""
    canonical: str = ""
    properties: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    json_ld: Any = None
    embed: str = ""
    order: list[str] = field(default_factory=list)

    def only(self, name: str) -> str:
        """Return the content of a property that stands there exactly once."""
        (content,) = [content for property_, content in self.properties if property_ == name]
        return content


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead()
        self._inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._inside = given.get("type", tag) if tag == "script" else tag
        if tag == "meta":
            self._meta(given)
        elif tag == "link":
            name = given["rel"]
            # Pages have alternates and icons of several types, each once.
            has_types = name in ("alternate", "icon")
            word = f"{name} {given.get('type', '')}".rstrip() if has_types else name
            self.head.links[word] = given["href"]
            self.head.order.append(word)
        elif tag in ("title", "style", "script", "body"):
            self.head.order.append(self._inside)

    def _meta(self, given: dict[str, str]) -> None:
        if "charset" in given:
            self.head.order.append("charset")
        elif "property" in given:
            self.head.properties.append((given["property"], given["content"]))
            self.head.order.append(given["property"])
        else:
            self.head.names[given["name"]] = given["content"]
            self.head.order.append(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.head.title += data
        elif self._inside == "application/ld+json":
            self.head.json_ld = json.loads(data)
        elif self._inside == "application/json":
            self.head.embed = data


def head_of(html: str) -> PageHead:
    """Return what a crawler finds in a page, or in the beginning of one."""
    parser = _Parser()
    parser.feed(html)
    parser.head.canonical = parser.head.links.get("canonical", "")
    return parser.head
