from typing import Any

import pytest

from handler.domain.catalog.model_sentence import describe_model
from tests.support.builders import HERMES, making, model, record


def architecture(inputs: list[str], outputs: list[str]) -> dict[str, Any]:
    return {"input_modalities": inputs, "output_modalities": outputs}


def test_sentence_has_kind_vendor_context_inputs_and_features() -> None:
    raw = {
        **HERMES,
        "architecture": architecture(["text", "image", "file"], ["text"]),
        "supported_parameters": ["reasoning", "tools", "top_p"],
    }

    assert describe_model(model(raw)) == (
        "A multimodal language model by Nous with 131K context; reads text, images and files; "
        "supports tools and reasoning."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "A model by acme."),
        (making("text"), "A language model by acme; reads text."),
        (making("image"), "An image generation model by acme; reads text."),
        (making("text", "image"), "A multimodal model by acme; reads text; makes text and images."),
        (making("embeddings"), "An embedding model by acme; reads text."),
        (making("hologram"), "A model by acme; reads text."),
    ],
    ids=["unknown", "text", "image", "text and image", "embeddings", "another"],
)
def test_kind_follows_from_the_outputs(facts: dict[str, Any], expected: str) -> None:
    assert describe_model(model(record(architecture=facts))) == expected
