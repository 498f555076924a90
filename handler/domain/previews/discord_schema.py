"""Discord's component embeds: a preview laid out by the page, and whether Discord will take it.

Some mistakes in one give no preview at all, Open Graph or not, so that one is checked before it
is sent. Rules: docs.discord.com/developers/link-previews/component-embeds and
docs.discord.com/developers/components/reference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 3_000
MAX_COMPONENTS = 40
MAX_GALLERY_ITEMS = 10
MAX_URL_CHARACTERS = 2_048

ACTION_ROW, BUTTON, SECTION, TEXT, THUMBNAIL, GALLERY, SEPARATOR, CONTAINER = (
    1,
    2,
    9,
    10,
    11,
    12,
    14,
    17,
)
LINK_STYLE = 5

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class ComponentSchema:
    """What one type of component may have: keys with their checks, which of them it must have.

    `children` are the types that may stand in each key that holds components, `most` how many.
    """

    name: str
    needs: tuple[str, ...]
    keys: Mapping[str, Check]
    children: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    most: int = MAX_COMPONENTS


def _text(least: int, most: int) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def _integer(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _address(most: int) -> Check:
    return lambda value: (
        isinstance(value, str)
        and value.startswith(("https://", "http://"))
        and len(value) <= most
        and value.isprintable()
        and " " not in value
    )


def _object(keys: Mapping[str, Check], *needs: str) -> Check:
    return lambda value: (
        isinstance(value, dict)
        and all(key in value for key in needs)
        and all(key in keys and keys[key](value[key]) for key in value)
    )


def _items(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= MAX_GALLERY_ITEMS
        and all(_GALLERY_ITEM(item) for item in value)
    )


_MEDIA = _object({"url": _address(MAX_URL_CHARACTERS)}, "url")
_ALT = _text(0, 1_024)
_GALLERY_ITEM = _object({"media": _MEDIA, "description": _ALT, "spoiler": _flag}, "media")
_EMOJI = _object({"id": _text(1, 20), "name": _text(1, 100), "animated": _flag})

EVERYWHERE: dict[str, Check] = {
    "type": _integer(1, CONTAINER),
    "id": _integer(0, 2**31 - 1),
}
COMPONENT_SCHEMAS = {
    ACTION_ROW: ComponentSchema("action row", ("components",), {}, {"components": (BUTTON,)}, 5),
    BUTTON: ComponentSchema(
        "button",
        ("style", "url"),
        {
            "style": _integer(LINK_STYLE, LINK_STYLE),
            "url": _address(512),
            "label": _text(1, 80),
            "emoji": _EMOJI,
            "disabled": _flag,
        },
    ),
    SECTION: ComponentSchema(
        "section",
        ("components", "accessory"),
        {},
        {"components": (TEXT,), "accessory": (BUTTON, THUMBNAIL)},
        3,
    ),
    TEXT: ComponentSchema("text display", ("content",), {"content": _text(1, MAX_BYTES)}),
    THUMBNAIL: ComponentSchema(
        "thumbnail", ("media",), {"media": _MEDIA, "description": _ALT, "spoiler": _flag}
    ),
    GALLERY: ComponentSchema("media gallery", ("items",), {"items": _items}),
    SEPARATOR: ComponentSchema("separator", (), {"divider": _flag, "spacing": _integer(1, 2)}),
    CONTAINER: ComponentSchema(
        "container",
        ("components",),
        {"accent_color": _integer(0, 0xFFFFFF), "spoiler": _flag},
        {"components": (ACTION_ROW, SECTION, TEXT, GALLERY, SEPARATOR)},
    ),
}
