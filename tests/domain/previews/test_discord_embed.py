import json
from typing import Any

import pytest

from handler.domain.previews.discord_embed import validate_embed, validate_embed_json

TEXT = {"type": 10, "content": "# One"}
BUTTON = {"type": 2, "style": 5, "url": "https://a.example/", "label": "Open"}
MEDIA = {"url": "https://a.example/card.png"}
ROW = {"type": 1, "components": [BUTTON]}
SECTION = {"type": 9, "components": [TEXT], "accessory": {"type": 11, "media": MEDIA}}
GALLERY = {"type": 12, "items": [{"media": MEDIA, "description": "A card", "spoiler": False}]}


def embed(*components: Any, **container: Any) -> dict[str, Any]:
    """Return an embed of these components."""
    return {"component": {"type": 17, "components": list(components), **container}}


def test_embed_with_every_component_is_valid() -> None:
    whole = embed(
        SECTION,
        {"type": 9, "components": [TEXT] * 3, "accessory": BUTTON},
        GALLERY,
        {"type": 14, "divider": True, "spacing": 2},
        {"type": 14},
        {**TEXT, "id": 7},
        {
            "type": 1,
            "components": [
                BUTTON,
                {
                    "type": 2,
                    "style": 5,
                    "url": "http://a.example/",
                    "emoji": {"name": "🔗"},
                    "disabled": False,
                },
            ],
        },
        accent_color=0x0F3D57,
        spoiler=False,
    )

    assert validate_embed(whole) == []
    assert validate_embed_json(json.dumps(whole)) == []


PATH = "component.components[0]"
NOT_IN_A_CONTAINER = (
    f"{PATH} must be of type action row or section or text display or media gallery or separator"
)
BAD = {
    "no object": ([], "it must be an object with the one key component"),
    "a second key": ({**embed(TEXT), "x": 1}, "it must be an object with the one key component"),
    "no container": ({"component": TEXT}, "component must be of type container"),
    "a container in a container": (embed(embed(TEXT)["component"]), NOT_IN_A_CONTAINER),
    "a select": (embed({"type": 3}), NOT_IN_A_CONTAINER),
    "true for a type": (embed({"type": True}), NOT_IN_A_CONTAINER),
    "a thumbnail alone": (embed({"type": 11, "media": MEDIA}), NOT_IN_A_CONTAINER),
    "nothing in it": (embed(), "component.components must hold 1 to 40 components"),
    "no list in it": (
        {"component": {"type": 17, "components": {}}},
        "component.components must hold 1 to 40 components",
    ),
    "no components": ({"component": {"type": 17}}, "component (container) has no components"),
    "a colour in words": (
        embed(TEXT, accent_color="red"),
        "component (container) has a bad accent_color",
    ),
    "a colour of four bytes": (
        embed(TEXT, accent_color=0x1000000),
        "component (container) has a bad accent_color",
    ),
    "an unknown key": (embed(TEXT, color=1), "component (container) has an unknown key color"),
    "an unknown key of a text": (
        embed({**TEXT, "text": ""}),
        f"{PATH} (text display) has an unknown key text",
    ),
    "an empty text": (embed({**TEXT, "content": ""}), f"{PATH} (text display) has a bad content"),
    "no text": (embed({"type": 10}), f"{PATH} (text display) has no content"),
    "a button that acts": (
        embed({"type": 1, "components": [{**BUTTON, "style": 1}]}),
        f"{PATH}.components[0] (button) has a bad style",
    ),
    "a button with an id of its own": (
        embed({"type": 1, "components": [{**BUTTON, "custom_id": "x"}]}),
        f"{PATH}.components[0] (button) has an unknown key custom_id",
    ),
    "a button without words": (
        embed({"type": 1, "components": [{"type": 2, "style": 5, "url": "https://a.example/"}]}),
        f"{PATH}.components[0] (button) has neither a label nor an emoji",
    ),
    "a button to nowhere": (
        embed({"type": 1, "components": [{**BUTTON, "url": "javascript:alert(1)"}]}),
        f"{PATH}.components[0] (button) has a bad url",
    ),
    "a long address of a button": (
        embed({"type": 1, "components": [{**BUTTON, "url": "https://a.example/" + "x" * 495}]}),
        f"{PATH}.components[0] (button) has a bad url",
    ),
    "a long label": (
        embed({"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}),
        f"{PATH}.components[0] (button) has a bad label",
    ),
    "a bad emoji": (
        embed({"type": 1, "components": [{**BUTTON, "emoji": {"src": "x"}}]}),
        f"{PATH}.components[0] (button) has a bad emoji",
    ),
    "an emoji without a name": (
        embed({"type": 1, "components": [{**BUTTON, "emoji": {"name": ""}}]}),
        f"{PATH}.components[0] (button) has a bad emoji",
    ),
    "six buttons in a row": (
        embed({"type": 1, "components": [BUTTON] * 6}),
        f"{PATH}.components must hold 1 to 5 components",
    ),
    "a section without accessory": (
        embed({"type": 9, "components": [TEXT]}),
        f"{PATH} (section) has no accessory",
    ),
    "a section of four texts": (
        embed({**SECTION, "components": [TEXT] * 4}),
        f"{PATH}.components must hold 1 to 3 components",
    ),
    "a text as accessory": (
        embed({**SECTION, "accessory": TEXT}),
        f"{PATH}.accessory must be of type button or thumbnail",
    ),
    "a gallery of nothing": (
        embed({"type": 12, "items": []}),
        f"{PATH} (media gallery) has a bad items",
    ),
    "a gallery without media": (
        embed({"type": 12, "items": [{"description": "x"}]}),
        f"{PATH} (media gallery) has a bad items",
    ),
    "an unknown key of an item": (
        embed({"type": 12, "items": [{"media": MEDIA, "alt": "x"}]}),
        f"{PATH} (media gallery) has a bad items",
    ),
    "a long alternative text": (
        embed({"type": 12, "items": [{"media": MEDIA, "description": "x" * 1_025}]}),
        f"{PATH} (media gallery) has a bad items",
    ),
    "a relative address of media": (
        embed({"type": 12, "items": [{"media": {"url": "/card.png"}}]}),
        f"{PATH} (media gallery) has a bad items",
    ),
    "a spacing": (embed({"type": 14, "spacing": 3}), f"{PATH} (separator) has a bad spacing"),
    "a bad id": (embed({**TEXT, "id": "1"}), f"{PATH} (text display) has a bad id"),
    "a large id": (embed({**TEXT, "id": 2_147_483_648}), f"{PATH} (text display) has a bad id"),
    "an id twice": (embed({**TEXT, "id": 1}, {**TEXT, "id": 1}), "an id stands in it twice"),
    "41 components": (
        embed(*[{"type": 1, "components": [BUTTON] * 4}] * 8),
        "it has 41 components, at most 40",
    ),
    "11 items in two galleries": (
        embed(*[{"type": 12, "items": [{"media": MEDIA}] * n} for n in (5, 6)]),
        "it has 11 gallery items, at most 10",
    ),
}


@pytest.mark.parametrize(("value", "sentence"), BAD.values(), ids=BAD)
def test_each_broken_rule_has_a_sentence(value: object, sentence: str) -> None:
    assert validate_embed(value) == [sentence]


def test_address_of_512_characters_is_valid() -> None:
    button = {**BUTTON, "url": "https://a.example/" + "x" * 494}

    assert validate_embed(embed({"type": 1, "components": [button]})) == []


def test_maximum_of_components_and_items_is_valid() -> None:
    rows = [{"type": 1, "components": [BUTTON] * 4}] * 7
    galleries = [{"type": 12, "items": [{"media": MEDIA}] * n} for n in (4, 6)]

    assert validate_embed(embed(*rows, *galleries, TEXT, TEXT)) == []


def test_size_counts_the_escapes() -> None:
    room = 3_000 - len(json.dumps(embed({**TEXT, "content": ""})))
    fits = json.dumps(embed({**TEXT, "content": "x" * room}))
    escaped = json.dumps(embed({**TEXT, "content": "x" * (room - 5) + "é"}))
    above = json.dumps(embed({**TEXT, "content": "x" * (room - 4) + "é"}))

    assert [len(text) for text in (fits, escaped, above)] == [3_000, 3_001, 3_002]
    assert validate_embed_json(fits) == []
    assert validate_embed_json(escaped) == ["it has 3,001 bytes, at most 3,000"]


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000], ids=["cut off", "empty", "deep"])
def test_invalid_json_is_not_an_embed(text: str) -> None:
    assert "it is not JSON" in validate_embed_json(text)
