"""What a model can do, in the words that cards and previews use."""

from collections.abc import Iterator, Sequence

from handler.domain.catalog.model import Model

_OUTPUTS = {
    "image": "Image output",
    "audio": "Audio output",
    "video": "Video output",
    "speech": "Speech",
    "transcription": "Transcription",
    "embeddings": "Embeddings",
    "rerank": "Reranking",
}
_PARAMETERS = {"reasoning": "Reasoning", "tools": "Tools"}
_INPUTS = {"image": "Vision", "audio": "Audio input", "video": "Video input", "file": "Files"}
_LATER_PARAMETERS = {"structured_outputs": "Structured outputs"}

_PLURALS = {"image": "images", "file": "files"}
_MADE = {
    "image": "images",
    "audio": "audio",
    "video": "video",
    "speech": "speech",
    "embeddings": "embeddings",
}
_READ = ("image", "audio", "video", "file")


def format_abilities(model: Model) -> Iterator[str]:
    """Yield "Reasoning", "Tools", "Vision", the most important first; none for plain text."""
    for listed, words in (
        (model.output_modalities, _OUTPUTS),
        (model.supported_parameters, _PARAMETERS),
        (model.input_modalities, _INPUTS),
        (model.supported_parameters, _LATER_PARAMETERS),
    ):
        yield from (word for name, word in words.items() if name in listed)


def format_media(model: Model) -> str | None:
    """Return "Reads images and files. Makes images", None where nothing but text is known."""
    read = [_PLURALS.get(name, name) for name in _READ if name in model.input_modalities]
    made = [word for name, word in _MADE.items() if name in model.output_modalities]
    sentences = [f"Reads {_enumerate(read)}"] if read else []
    sentences += [f"Makes {_enumerate(made)}"] if made else []
    return ". ".join(sentences) or None


def _enumerate(words: Sequence[str]) -> str:
    """Return "images, audio and files"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
