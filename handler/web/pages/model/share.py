"""Snippets to link to a model's page from elsewhere."""

from datetime import date
from typing import NamedTuple

from handler.domain.text import collapse_whitespace, escape_markdown
from handler.web.formatting import format_date
from handler.web.rendering.metadata import SITE_NAME
from handler.web.rendering.template_runtime import escape
from handler.web.urls import Representation


class ShareSnippet(NamedTuple):
    """A text to copy, with the label of its format."""

    label: str
    text: str


def share_snippets(name: str, url: str, as_of: date) -> list[ShareSnippet]:
    """Return the snippets for the page at a URL of the model with a name."""
    name = collapse_whitespace(name)
    badge = Representation.BADGE.url_for(url)
    return [
        ShareSnippet("Link", url),
        ShareSnippet("Markdown", f"[{escape_markdown(name)}]({url})"),
        ShareSnippet("HTML", f'<a href="{escape(url)}">{escape(name)}</a>'),
        ShareSnippet(
            "Badge, in Markdown", f"[![Price of {escape_markdown(name)}]({badge})]({url})"
        ),
        ShareSnippet("Citation", f"“{name}”. {SITE_NAME}, data of {format_date(as_of)}. {url}"),
    ]
