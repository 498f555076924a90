"""The Discord component embed of a model: its facts, its card and a button, in our own colour."""

import re
from collections.abc import Sequence

from handler.domain.ingest.lenient_json import for_script
from handler.domain.previews import discord_schema as discord
from handler.domain.previews.discord_embed import validate_embed_json

# What Discord's Markdown gives a meaning: a colon in addresses and emoji, a dash before a line.
_MARKDOWN = re.compile(r"([\\`*_~|<>#\[\]()@]|:(?! )|^-)")


def build_model_embed(
    *,
    name: str,
    facts: Sequence[str],
    url: str,
    card_url: str,
    card_alt: str,
    accent_color: int,
) -> str | None:
    """Return the JSON of an embed, safe inside a script element; None if Discord would refuse it.

    `facts` are lines of plain text, `accent_color` is 0xRRGGBB.
    """
    lines = [f"## {_plain(name)}", *map(_plain, facts)]
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
    text = for_script({"component": container})
    return None if validate_embed_json(text) else text


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
