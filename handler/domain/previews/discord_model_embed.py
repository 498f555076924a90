"""The Discord component embed of a model: its facts, its card and a button."""

import re
from collections.abc import Sequence

from handler.domain.formatting import format_script_json
from handler.domain.previews import discord_schema as discord
from handler.domain.previews.discord_embed import validate_embed_json

# Characters with a meaning in Discord's Markdown: a colon is part of URLs and emoji, a dash starts
# a list item.
_MARKDOWN = re.compile(r"([\\`*_~|<>#\[\]()@]|:(?! )|^-)")


def build_model_embed(
    *, name: str, facts: Sequence[str], url: str, card_url: str, card_alt: str, accent_color: int
) -> str | None:
    """Return the JSON of an embed, safe inside a script element, or None if it is invalid.

    `facts` are lines of plain text; `accent_color` is 0xRRGGBB.
    """
    lines = [f"## {_escape(name)}", *map(_escape, facts)]
    card = {"media": {"url": card_url}, "description": card_alt}
    button = {
        "type": discord.BUTTON,
        "style": discord.LINK_STYLE,
        "label": "All details",
        "url": url,
    }
    container = {
        "type": discord.CONTAINER,
        "accent_color": accent_color,
        "components": [
            {"type": discord.TEXT, "content": "\n".join(lines)},
            {"type": discord.GALLERY, "items": [card]},
            {"type": discord.ACTION_ROW, "components": [button]},
        ],
    }
    text = format_script_json({"component": container})
    return None if validate_embed_json(text) else text


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
