import pytest

from handler.domain.previews.model_preview import Preview, build_preview
from tests.support.builders import HERMES, making, priced, profile, record, withdrawn
from tests.support.hostile.text import HOSTILE_TEXT


def test_facts_come_before_the_description() -> None:
    assert build_preview(profile(HERMES, "A large hybrid reasoning model.")) == Preview(
        title="Nous: Hermes 4 405B",
        description="$1/M in, $3/M out · 131K context. A large hybrid reasoning model.",
        price="$1/M in, $3/M out",
        context="131K tokens",
    )


def test_model_without_description_has_only_facts() -> None:
    assert build_preview(profile(HERMES)).description == ("$1/M in, $3/M out · 131K context")


def test_model_without_facts_still_has_a_description() -> None:
    assert build_preview(profile(record())).description == "acme/one on OpenRouter"


@pytest.mark.parametrize(
    ("inputs", "outputs", "sentence"),
    [
        (["text"], ["text"], ""),
        (["image", "text"], ["text"], "Reads images. "),
        (["file", "image", "text"], ["text"], "Reads images and files. "),
        (
            ["text", "image", "file", "audio", "video"],
            ["text"],
            "Reads images, audio, video and files. ",
        ),
        (["text", "image"], ["image", "text"], "Reads images. Makes images. "),
        (["text"], ["embeddings"], "Makes embeddings. "),
    ],
    ids=str,
)
def test_media_are_a_sentence_within_the_first_80_characters(
    inputs: list[str], outputs: list[str], sentence: str
) -> None:
    raw = priced("acme/one", "0.000001", "0.00001", context_length=1_048_576)
    raw["architecture"] = {"input_modalities": inputs, "output_modalities": outputs}

    description = build_preview(profile(raw, "A model.")).description

    opening, _, rest = description.partition("1M context. ")
    assert rest == f"{sentence}A model."
    assert len(f"{opening}1M context. {sentence}".strip()) <= 80


def test_media_are_dropped_from_facts_over_80_characters() -> None:
    inputs = ["text", "image", "file", "audio", "video"]
    raw = priced("acme/one", "0.00000125", "0.00001", context_length=1_048_576)
    raw["architecture"] = {"input_modalities": inputs, "output_modalities": ["image"]}

    assert build_preview(profile(raw, "All senses.")).description == (
        "$1.25/M in, $10/M out · 1M context. All senses."
    )


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_any_text_keeps_the_limits_of_a_preview(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    raw = priced("acme/one", "0.1234567", "0.000000012345678", name=text, context_length=131072)
    raw["architecture"] = making(text)

    preview = build_preview(profile(raw, text))

    assert len(preview.title.encode()) <= 70
    assert preview.title
    assert len(preview.description) <= 200
    assert len(preview.description.encode()) <= 350


def test_withdrawn_model_says_so_first() -> None:
    preview = build_preview(withdrawn(HERMES, "A large hybrid reasoning model."))

    assert preview.description == (
        "No longer listed since 23 Aug 2026 · $1/M in, $3/M out · 131K context. "
        "A large hybrid reasoning model."
    )
