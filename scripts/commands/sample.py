"""Makes the bundled sample from stored lists of models: their facts, with sentences of our own."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handler.adapters.openrouter import StoredList
from handler.domain.errors import BurgeeError
from handler.domain.model import Model, model_of
from handler.domain.text import Prose
from scripts.commands.local import SAMPLE, STORED_LABEL, observed_at

# Benchmarks change by the hour, descriptions are their authors' text, and a path for fetching
# more is no use offline.
_FACTS = (
    "id",
    "canonical_slug",
    "hugging_face_id",
    "name",
    "created",
    "context_length",
    "architecture",
    "pricing",
    "top_provider",
    "per_request_limits",
    "supported_parameters",
    "default_parameters",
    "supported_voices",
    "knowledge_cutoff",
    "expiration_date",
    "alias_target",
    "reasoning",
)
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


def main(arguments: Sequence[str]) -> int:
    """Write the sample, and return the exit status."""
    options = _parsed(arguments)
    try:
        sample = sample_of(options.catalogs)
        options.to.parent.mkdir(parents=True, exist_ok=True)
        options.to.write_text(written(sample), encoding="utf-8")
    except (BurgeeError, OSError) as error:
        print(f"No sample was made: {error}", file=sys.stderr)
        return 1
    size = options.to.stat().st_size
    print(f"{len(sample['data'])} models in {size:,} bytes, written to {options.to}")
    return 0


def sample_of(catalogs: Sequence[Path]) -> dict[str, Any]:
    """Return a list of models as of the first catalog, with those that only later ones have."""
    records: dict[str, dict[str, Any]] = {}
    for path in catalogs:
        for record in StoredList(path, STORED_LABEL).fetch().records:
            model = model_of(record, Prose("", ""))
            records.setdefault(model.id, sampled(model))
    return {"as_of": observed_at(catalogs[0]).isoformat(), "data": list(records.values())}


def sampled(model: Model) -> dict[str, Any]:
    """Return the facts of a model's record, described by a sentence that is made from them."""
    facts = {key: model.raw[key] for key in _FACTS if key in model.raw}
    return {**facts, "description": sentence(model)}


def sentence(model: Model) -> str:
    """Return a description of a model that says only what its record does."""
    target = model.raw.get("alias_target")
    if target:
        return f"An alias that stands for {target['name']}, and moves on when a newer one comes."
    created = datetime.fromtimestamp(model.created, UTC) if model.created else None
    details = [f"on OpenRouter since {created:%B %Y}"] if created else []
    abilities = [name for key, name in _ABILITIES.items() if key in model.supported_parameters]
    if abilities:
        details.append(f"with {_listed(abilities)}")
    opening = ", ".join([_opening(model), *details])
    return " ".join([f"{opening}.", *_afterthoughts(model)])


def written(sample: Mapping[str, Any]) -> str:
    """Return the sample as JSON with a line for each model, so that changes can be read."""
    models = ",\n".join(json.dumps(record, ensure_ascii=False) for record in sample["data"])
    return f'{{"as_of": "{sample["as_of"]}", "data": [\n{models}\n]}}\n'


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/sample", description=__doc__)
    parser.add_argument(
        "catalogs", type=Path, nargs="+", metavar="CATALOG",
        help="a stored list of models; the newest first, each later one adds what only it has",
    )  # fmt: skip
    parser.add_argument(
        "--to", type=Path, default=SAMPLE, metavar="FILE", help="default: the bundled sample"
    )
    return parser.parse_args(arguments)


def _opening(model: Model) -> str:
    vendor, colon, name = model.name.partition(": ")
    variant = model.id.partition(":")[2]
    if variant in _VARIANTS:
        base = (f"{vendor}’s {name}" if colon else vendor).partition(" (")[0]
        return f"{_VARIANTS[variant]} of {base}"
    if model.author == "openrouter":
        return "One of OpenRouter’s own routers, which pass a request on to a model that fits"
    made = next((m for m in model.output_modalities if m != "text"), "text")
    return f"{_KINDS.get(made, 'A model')} by {vendor if colon else model.author}"


def _afterthoughts(model: Model) -> Iterator[str]:
    others = [m for m in model.input_modalities if m != "text"]
    if others and "text" in model.output_modalities:
        kinds = {"image": "images", "file": "files", "video": "video", "audio": "audio"}
        yield f"It also takes {_listed([kinds.get(kind, kind) for kind in others])}."
    if model.knowledge_cutoff:
        yield f"Its knowledge ends in {model.knowledge_cutoff:%B %Y}."
    if model.hugging_face_id:
        yield f"Its weights are on Hugging Face as {model.hugging_face_id}."


def _listed(items: Sequence[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
