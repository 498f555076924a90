"""The visible content of a component embed, in the order in which Discord shows it."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from handler.domain.previews import discord_schema as discord
from handler.domain.previews.discord_embed import validate_embed_json

Kind = Literal["heading", "text", "picture", "button", "line"]

_HEADING = re.compile(r"#{1,3} ")
_ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")


class EmbedBlock(NamedTuple):
    """One visible block: its plain text, and the URL of a picture or a button."""

    kind: Kind
    text: str = ""
    url: str = ""


class EmbedView(NamedTuple):
    """The blocks of an embed, and its accent color as #rrggbb, "" without one."""

    blocks: tuple[EmbedBlock, ...]
    accent: str = ""


def parse_embed(text: str) -> EmbedView | None:
    """Return the view of an embed as written in a page, None if it is invalid."""
    if validate_embed_json(text):
        return None
    container = json.loads(text)["component"]
    color = container.get("accent_color")
    return EmbedView(tuple(_blocks(container)), "" if color is None else f"#{color:06x}")


def _blocks(component: dict[str, Any]) -> Iterator[EmbedBlock]:
    kind = component["type"]
    if kind == discord.TEXT:
        yield from _text_blocks(component["content"])
    elif kind == discord.THUMBNAIL:
        yield _picture(component)
    elif kind == discord.GALLERY:
        yield from map(_picture, component["items"])
    elif kind == discord.SEPARATOR:
        yield EmbedBlock("line")
    elif kind == discord.BUTTON:
        yield EmbedBlock("button", component.get("label", ""), component["url"])
    else:
        for child in component["components"]:
            yield from _blocks(child)
    if kind == discord.SECTION:
        yield from _blocks(component["accessory"])


def _picture(item: dict[str, Any]) -> EmbedBlock:
    return EmbedBlock("picture", item.get("description", ""), item["media"]["url"])


def _text_blocks(content: str) -> Iterator[EmbedBlock]:
    """Yield a block for each line of Markdown, of which headings and escapes are interpreted."""
    for line in content.split("\n"):
        heading = _HEADING.match(line)
        text = line[heading.end() :] if heading else line
        if text.strip():
            yield EmbedBlock("heading" if heading else "text", _ESCAPE.sub(r"\1", text))
