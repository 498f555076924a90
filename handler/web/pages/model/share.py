"""How to link to a model's page from elsewhere: texts to copy."""

from datetime import date
from typing import NamedTuple

from markupsafe import escape

from handler.domain.markdown_text import escaped
from handler.domain.text import one_line
from handler.web.formatting import day
from handler.web.rendering.metadata import SITE_NAME
from handler.web.urls import What


class Copyable(NamedTuple):
    """A text to copy, and what it is for."""

    label: str
    text: str


def copyables(name: str, url: str, as_of: date) -> list[Copyable]:
    """Return the ways to link to the page at a URL, which is of a model of that name."""
    name = one_line(name)
    badge = What.BADGE.path_beside(url)
    return [
        Copyable("Link", url),
        Copyable("Markdown", f"[{escaped(name)}]({url})"),
        Copyable("HTML", f'<a href="{escape(url)}">{escape(name)}</a>'),
        Copyable("Badge, in Markdown", f"[![Price of {escaped(name)}]({badge})]({url})"),
        Copyable("Citation", f"“{name}”. {SITE_NAME}, data of {day(as_of)}. {url}"),
    ]
