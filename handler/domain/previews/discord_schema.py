"""The schema of Discord's component embeds, in which a page lays out its own preview.

Rules: docs.discord.com/developers/link-previews/component-embeds and
docs.discord.com/developers/components/reference.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

MAX_BYTES = 3_000
MAX_COMPONENTS = 40
MAX_GALLERY_ITEMS = 10
MAX_URL_CHARACTERS = 2_048

ACTION_ROW = 1
BUTTON = 2
SECTION = 9
TEXT = 10
THUMBNAIL = 11
GALLERY = 12
SEPARATOR = 14
CONTAINER = 17
LINK_STYLE = 5

Check = Callable[[Any], bool]


class ComponentSchema(NamedTuple):
    """The keys of one type of component, with their checks, and which of them are required.

    `children` are the types of component that a key may hold, at most `max_children` of them.
    """

    name: str
    required: tuple[str, ...]
    checks: Mapping[str, Check]
    children: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    max_children: int = MAX_COMPONENTS


def _text(minimum: int, maximum: int) -> Check:
    return lambda value: isinstance(value, str) and minimum <= len(value) <= maximum


def _integer(minimum: int, maximum: int) -> Check:
    return lambda value: type(value) is int and minimum <= value <= maximum


def _boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _url(max_characters: int) -> Check:
    return lambda value: (
        isinstance(value, str)
        and value.startswith(("https://", "http://"))
        and len(value) <= max_characters
        and value.isprintable()
        and " " not in value
    )


def _object(checks: Mapping[str, Check], *required: str) -> Check:
    return lambda value: (
        isinstance(value, dict)
        and all(key in value for key in required)
        and all(key in checks and checks[key](value[key]) for key in value)
    )


def _gallery_items(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= MAX_GALLERY_ITEMS
        and all(_GALLERY_ITEM(item) for item in value)
    )


_MEDIA = _object({"url": _url(MAX_URL_CHARACTERS)}, "url")
_ALT = _text(0, 1_024)
_GALLERY_ITEM = _object({"media": _MEDIA, "description": _ALT, "spoiler": _boolean}, "media")
_EMOJI = _object({"id": _text(1, 20), "name": _text(1, 100), "animated": _boolean})

COMMON_CHECKS: dict[str, Check] = {"type": _integer(1, CONTAINER), "id": _integer(0, 2**31 - 1)}
COMPONENT_SCHEMAS = {
    ACTION_ROW: ComponentSchema("action row", ("components",), {}, {"components": (BUTTON,)}, 5),
    BUTTON: ComponentSchema(
        "button",
        ("style", "url"),
        {
            "style": _integer(LINK_STYLE, LINK_STYLE),
            "url": _url(512),
            "label": _text(1, 80),
            "emoji": _EMOJI,
            "disabled": _boolean,
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
        "thumbnail", ("media",), {"media": _MEDIA, "description": _ALT, "spoiler": _boolean}
    ),
    GALLERY: ComponentSchema("media gallery", ("items",), {"items": _gallery_items}),
    SEPARATOR: ComponentSchema("separator", (), {"divider": _boolean, "spacing": _integer(1, 2)}),
    CONTAINER: ComponentSchema(
        "container",
        ("components",),
        {"accent_color": _integer(0, 0xFFFFFF), "spoiler": _boolean},
        {"components": (ACTION_ROW, SECTION, TEXT, GALLERY, SEPARATOR)},
    ),
}
