import json
from typing import Any

import pytest

from handler.domain.previews.discord_model_embed import build_model_embed
from handler.domain.previews.discord_view import EmbedBlock, EmbedView, parse_embed
from tests.support.hostile.text import HOSTILE_TEXT

CARD = "https://previews.example.org/card.png"


def embed(*components: dict[str, Any], **more: Any) -> str:
    return json.dumps({"component": {"type": 17, "components": components, **more}})


def test_embed_of_a_model_is_parsed_into_its_blocks() -> None:
    text = build_model_embed(
        name="Acme: One_Two [beta]",
        facts=["$1/M in", "- a dash, 3 * 4, a:b"],
        url="https://previews.example.org/acme/one",
        card_url=CARD,
        card_alt="A card",
        accent_color=0x0F3D57,
    )

    assert parse_embed(text or "") == EmbedView(
        (
            EmbedBlock("heading", "Acme: One_Two [beta]"),
            EmbedBlock("text", "$1/M in"),
            EmbedBlock("text", "- a dash, 3 * 4, a:b"),
            EmbedBlock("picture", "A card", CARD),
            EmbedBlock("button", "All details", "https://previews.example.org/acme/one"),
        ),
        "#0f3d57",
    )


def test_every_kind_of_component_is_shown() -> None:
    text = {"type": 10, "content": "### Small\n\nplain"}
    thumbnail = {"type": 11, "media": {"url": CARD}}
    section = {"type": 9, "components": [text], "accessory": thumbnail}

    assert parse_embed(embed(section, {"type": 14})) == EmbedView(
        (
            EmbedBlock("heading", "Small"),
            EmbedBlock("text", "plain"),
            EmbedBlock("picture", "", CARD),
            EmbedBlock("line"),
        )
    )


@pytest.mark.parametrize("text", ["", "{}", "no JSON", embed(), embed({"type": 3})])
def test_invalid_embed_is_not_shown(text: str) -> None:
    assert parse_embed(text) is None


@pytest.mark.parametrize("name", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_escaped_markdown_is_unescaped(name: str) -> None:
    word = " ".join(name.encode("utf-8", "replace").decode().split())[:60]
    text = build_model_embed(
        name=word, facts=[], url=CARD, card_url=CARD, card_alt="", accent_color=1
    )

    view = parse_embed(text or "")
    assert view is not None
    assert view.blocks[0] == EmbedBlock("heading", word)
