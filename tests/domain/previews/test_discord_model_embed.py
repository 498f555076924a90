import json

import pytest

from handler.domain.previews.discord_embed import validate_embed_json
from handler.domain.previews.discord_model_embed import build_model_embed
from tests.support.hostile.text import HOSTILE_TEXT


def build_embed(name: str = "Acme: One", url: str = "https://a.example/acme/one") -> str | None:
    """Return the embed of a model with this name."""
    return build_model_embed(
        name=name,
        facts=["$1/M in, $3/M out", "131K context"],
        url=url,
        card_url="https://a.example/cards/1.png",
        card_alt="Acme: One, $1/M in, $3/M out",
        accent_color=0x0F3D57,
    )


def test_embed_has_facts_card_and_button() -> None:
    text = build_embed()

    assert text is not None
    assert json.loads(text) == {
        "component": {
            "type": 17,
            "accent_color": 0x0F3D57,
            "components": [
                {"type": 10, "content": "## Acme: One\n$1/M in, $3/M out\n131K context"},
                {
                    "type": 12,
                    "items": [
                        {
                            "media": {"url": "https://a.example/cards/1.png"},
                            "description": "Acme: One, $1/M in, $3/M out",
                        }
                    ],
                },
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 2,
                            "style": 5,
                            "label": "All details",
                            "url": "https://a.example/acme/one",
                        }
                    ],
                },
            ],
        }
    }


def test_markdown_in_names_is_escaped() -> None:
    text = build_embed("[x](https://evil.example) **@everyone** <@1> `a`")

    assert text is not None
    content = json.loads(text)["component"]["components"][0]["content"]
    assert content.splitlines()[0] == (
        r"## \[x\]\(https\://evil.example\) \*\*\@everyone\*\* \<\@1\> \`a\`"
    )


@pytest.mark.parametrize("name", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_any_name_gives_a_valid_embed(name: str) -> None:
    text = build_embed(name.encode("utf-8", "replace").decode())

    assert text is None or (validate_embed_json(text) == [] and "</" not in text)


@pytest.mark.parametrize(
    ("name", "url"),
    [("x" * 3_000, "https://a.example/"), ("One", "https://a.example/" + "x" * 500), ("One", "/")],
    ids=["a long name", "a long URL", "a relative URL"],
)
def test_embed_over_a_limit_is_none(name: str, url: str) -> None:
    assert build_embed(name, url) is None
