"""Validates Discord's component embeds.

Some mistakes in an embed leave a link without any preview, its Open Graph tags included, so a page
validates its embed before it sends it.
"""

import json
from collections.abc import Iterator
from typing import Any

from handler.domain.previews.discord_schema import (
    BUTTON,
    COMMON_CHECKS,
    COMPONENT_SCHEMAS,
    CONTAINER,
    MAX_BYTES,
    MAX_COMPONENTS,
    MAX_GALLERY_ITEMS,
    ComponentSchema,
)


def validate_embed_json(text: str) -> list[str]:
    """Return a sentence for each fault of an embed as written in a page, escapes included."""
    size = len(text.encode())
    too_long = [f"it has {size:,} bytes, at most {MAX_BYTES:,}"] if size > MAX_BYTES else []
    try:
        return too_long + validate_embed(json.loads(text))
    except (ValueError, RecursionError):
        return [*too_long, "it is not JSON"]


def validate_embed(embed: object) -> list[str]:
    """Return a sentence for each fault of a parsed embed, whose size is not checked here."""
    if not isinstance(embed, dict) or list(embed) != ["component"]:
        return ["it must be an object with the one key component"]
    components: list[dict[str, Any]] = []
    problems = list(_check_component(embed["component"], (CONTAINER,), "component", components))
    return [*problems, *_check_totals(components)]


def _check_component(
    value: Any, allowed: tuple[int, ...], path: str, components: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield the faults of a component and its children, and append all of them to `components`."""
    kind = value.get("type") if isinstance(value, dict) else None
    if type(kind) is not int or kind not in allowed:
        names = " or ".join(COMPONENT_SCHEMAS[number].name for number in allowed)
        yield f"{path} must be of type {names}"
        return
    components.append(value)
    schema = COMPONENT_SCHEMAS[kind]
    yield from _check_keys(value, schema, f"{path} ({schema.name})")
    for key, types in schema.children.items():
        if key == "accessory":
            if key in value:
                yield from _check_component(value[key], types, f"{path}.{key}", components)
        elif key in value:
            maximum = schema.max_children
            yield from _check_children(value[key], maximum, types, f"{path}.{key}", components)


def _check_keys(value: dict[str, Any], schema: ComponentSchema, path: str) -> Iterator[str]:
    checks = {**COMMON_CHECKS, **schema.checks}
    for key in schema.required:
        if key not in value:
            yield f"{path} has no {key}"
    for key, content in value.items():
        if key in schema.children:
            continue
        if key not in checks:
            yield f"{path} has an unknown key {key}"
        elif not checks[key](content):
            yield f"{path} has a bad {key}"
    if schema is COMPONENT_SCHEMAS[BUTTON] and not {"label", "emoji"} & set(value):
        yield f"{path} has neither a label nor an emoji"


def _check_children(
    value: Any, maximum: int, types: tuple[int, ...], path: str, components: list[dict[str, Any]]
) -> Iterator[str]:
    if not isinstance(value, list) or not 1 <= len(value) <= maximum:
        yield f"{path} must hold 1 to {maximum} components"
        return
    for number, child in enumerate(value):
        yield from _check_component(child, types, f"{path}[{number}]", components)


def _check_totals(components: list[dict[str, Any]]) -> Iterator[str]:
    if len(components) > MAX_COMPONENTS:
        yield f"it has {len(components)} components, at most {MAX_COMPONENTS}"
    galleries = [c["items"] for c in components if isinstance(c.get("items"), list)]
    items = sum(map(len, galleries))
    if items > MAX_GALLERY_ITEMS:
        yield f"it has {items} gallery items, at most {MAX_GALLERY_ITEMS}"
    ids = [c["id"] for c in components if c.get("id")]
    if len({str(number) for number in ids}) != len(ids):
        yield "an id stands in it twice"
