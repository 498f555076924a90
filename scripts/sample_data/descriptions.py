"""Descriptions for the bundled sample, written by us from a model's facts."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from handler.domain.catalog.model import Model

_KINDS = {
    "text": "A language model",
    "image": "An image model",
    "video": "A video model",
    "audio": "An audio model",
    "speech": "A speech model",
    "transcription": "A transcription model",
    "embeddings": "An embedding model",
    "rerank": "A reranking model",
}
_VARIANTS = {
    "free": "The free variant",
    "batch": "The batch variant",
    "thinking": "The thinking variant",
}
_ABILITIES = {
    "reasoning": "reasoning",
    "tools": "tool calls",
    "structured_outputs": "structured outputs",
}


def describe(model: Model) -> str:
    """Return a description that says nothing beyond the model's record."""
    target = model.raw.get("alias_target")
    if target:
        return f"An alias that stands for {target['name']}, and moves on when a newer one comes."
    created = datetime.fromtimestamp(model.created, UTC) if model.created else None
    details = [f"on OpenRouter since {created:%B %Y}"] if created else []
    abilities = [name for key, name in _ABILITIES.items() if key in model.supported_parameters]
    if abilities:
        details.append(f"with {_join_words(abilities)}")
    introduction = ", ".join([_introduction(model), *details])
    return " ".join([f"{introduction}.", *_further_sentences(model)])


def _introduction(model: Model) -> str:
    vendor, colon, name = model.name.partition(": ")
    variant = model.id.partition(":")[2]
    if variant in _VARIANTS:
        base = (f"{vendor}’s {name}" if colon else vendor).partition(" (")[0]
        return f"{_VARIANTS[variant]} of {base}"
    if model.author == "openrouter":
        return "One of OpenRouter’s own routers, which pass a request on to a model that fits"
    modality = next((m for m in model.output_modalities if m != "text"), "text")
    return f"{_KINDS.get(modality, 'A model')} by {vendor if colon else model.author}"


def _further_sentences(model: Model) -> Iterator[str]:
    others = [m for m in model.input_modalities if m != "text"]
    if others and "text" in model.output_modalities:
        kinds = {"image": "images", "file": "files", "video": "video", "audio": "audio"}
        yield f"It also takes {_join_words([kinds.get(kind, kind) for kind in others])}."
    if model.knowledge_cutoff:
        yield f"Its knowledge ends in {model.knowledge_cutoff:%B %Y}."
    if model.hugging_face_id:
        yield f"Its weights are on Hugging Face as {model.hugging_face_id}."


def _join_words(items: Sequence[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
