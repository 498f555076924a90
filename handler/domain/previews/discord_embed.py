"""Whether Discord takes a component embed: a preview that the page lays out by itself.

Some mistakes in one give no preview at all, Open Graph or not, so it is checked before it is sent.
"""

import json
from collections.abc import Iterator
from typing import Any

from handler.domain.previews.discord_schema import (
    BUTTON,
    COMPONENT_SCHEMAS,
    CONTAINER,
    EVERYWHERE,
    MAX_BYTES,
    MAX_COMPONENTS,
    MAX_GALLERY_ITEMS,
    ComponentSchema,
)


def validate_embed_json(text: str) -> list[str]:
    """Return what is wrong with an embed as it stands in a page, escapes and all."""
    size = len(text.encode())
    too_long = [f"it has {size:,} bytes, at most {MAX_BYTES:,}"] if size > MAX_BYTES else []
    try:
        return too_long + validate_embed(json.loads(text))
    except (ValueError, RecursionError):
        return [*too_long, "it is not JSON"]


def validate_embed(embed: object) -> list[str]:
    """Return what is wrong with an embed's value; its size is that of the text it becomes."""
    if not isinstance(embed, dict) or list(embed) != ["component"]:
        return ["it must be an object with the one key component"]
    components: list[dict[str, Any]] = []
    found = list(_component(embed["component"], (CONTAINER,), "component", components))
    return [*found, *_counted(components)]


def _component(
    value: Any, allowed: tuple[int, ...], where: str, seen: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield what is wrong with a component and those in it, and note all of them in `seen`."""
    kind = value.get("type") if isinstance(value, dict) else None
    if type(kind) is not int or kind not in allowed:
        names = " or ".join(COMPONENT_SCHEMAS[number].name for number in allowed)
        yield f"{where} must be of type {names}"
        return
    seen.append(value)
    rule = COMPONENT_SCHEMAS[kind]
    yield from _keys(value, rule, f"{where} ({rule.name})")
    for key, types in rule.children.items():
        if key == "accessory":
            if key in value:
                yield from _component(value[key], types, f"{where}.{key}", seen)
        elif key in value:
            yield from _children(value[key], rule.most, types, f"{where}.{key}", seen)


def _keys(value: dict[str, Any], rule: ComponentSchema, where: str) -> Iterator[str]:
    checks = {**EVERYWHERE, **rule.keys}
    for key in rule.needs:
        if key not in value:
            yield f"{where} has no {key}"
    for key, given in value.items():
        if key in rule.children:
            continue
        if key not in checks:
            yield f"{where} has an unknown key {key}"
        elif not checks[key](given):
            yield f"{where} has a bad {key}"
    if rule is COMPONENT_SCHEMAS[BUTTON] and not {"label", "emoji"} & set(value):
        yield f"{where} has neither a label nor an emoji"


def _children(
    value: Any, most: int, types: tuple[int, ...], where: str, seen: list[dict[str, Any]]
) -> Iterator[str]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        yield f"{where} must hold 1 to {most} components"
        return
    for number, child in enumerate(value):
        yield from _component(child, types, f"{where}[{number}]", seen)


def _counted(components: list[dict[str, Any]]) -> Iterator[str]:
    if len(components) > MAX_COMPONENTS:
        yield f"it has {len(components)} components, at most {MAX_COMPONENTS}"
    galleries = [c["items"] for c in components if isinstance(c.get("items"), list)]
    items = sum(map(len, galleries))
    if items > MAX_GALLERY_ITEMS:
        yield f"it has {items} gallery items, at most {MAX_GALLERY_ITEMS}"
    ids = [c["id"] for c in components if c.get("id")]
    if len({str(number) for number in ids}) != len(ids):
        yield "an id stands in it twice"
