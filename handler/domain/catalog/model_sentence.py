"""One sentence of what a model is, made of its facts."""

from collections.abc import Sequence

from handler.domain.catalog.model import Model, split_display_name
from handler.domain.formatting import format_token_count

_KINDS_BY_OUTPUT = {
    "embeddings": "embedding model",
    "rerank": "reranking model",
    "speech": "text-to-speech model",
    "transcription": "speech-to-text model",
    "video": "video generation model",
}
_PLURALS = {"image": "images", "file": "files"}
_MEDIA = frozenset({"image", "audio", "video"})
_FEATURES = {"tools": "tools", "reasoning": "reasoning", "structured_outputs": "structured outputs"}


def describe_model(model: Model) -> str:
    """Return "A language model by Nous with 131K context; reads text; supports tools."."""
    kind, vendor = _kind(model), split_display_name(model.name, model.author)[0]
    context = model.context_length
    size = f" with {format_token_count(context)} context" if context else ""
    parts = [f"{'An' if kind[0] in 'aeiou' else 'A'} {kind} by {vendor}{size}"]
    if model.input_modalities:
        parts.append(f"reads {_join([_PLURALS.get(m, m) for m in model.input_modalities])}")
    if len(model.output_modalities) > 1:
        parts.append(f"makes {_join([_PLURALS.get(m, m) for m in model.output_modalities])}")
    if features := [words for p, words in _FEATURES.items() if p in model.supported_parameters]:
        parts.append(f"supports {_join(features)}")
    return "; ".join(parts) + "."


def _kind(model: Model) -> str:
    outputs = model.output_modalities
    if len(outputs) > 1:
        return "multimodal model"
    if outputs == ("image",):
        return "image generation model"
    if outputs == ("text",):
        is_multimodal = _MEDIA.intersection(model.input_modalities)
        return "multimodal language model" if is_multimodal else "language model"
    return _KINDS_BY_OUTPUT.get(outputs[0], "model") if outputs else "model"


def _join(words: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
