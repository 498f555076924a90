"""Upstream records, catalogs and stores for tests, made of the fewest facts that say something."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from handler.domain import snapshot
from handler.domain.catalog import Catalog, Origin
from handler.domain.errors import SnapshotMissing, StoreError, WriteConflict
from handler.domain.model import Model, model_of
from handler.domain.text import Prose
from handler.ports import Fetched, Stored

AS_OF = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
ORIGIN = Origin("OpenRouter", "https://openrouter.ai/api/v1/models", "0" * 64, 1_000, 1, 0)
NO_PROSE = Prose("", "")

HERMES: dict[str, Any] = {
    "id": "nousresearch/hermes-4-405b",
    "canonical_slug": "nousresearch/hermes-4-405b",
    "hugging_face_id": "NousResearch/Hermes-4-405B",
    "name": "Nous: Hermes 4 405B",
    "created": 1756235463,
    "description": "A **large** hybrid reasoning model.",
    "context_length": 131072,
    "architecture": {
        "modality": "text->text",
        "input_modalities": ["text"],
        "output_modalities": ["text"],
        "tokenizer": "Other",
        "instruct_type": None,
    },
    "pricing": {"prompt": "0.000001", "completion": "0.000003"},
    "top_provider": {
        "context_length": 131072,
        "max_completion_tokens": None,
        "is_moderated": False,
    },
    "per_request_limits": None,
    "supported_parameters": ["max_tokens", "temperature"],
    "default_parameters": {},
    "expiration_date": None,
}


def record(model_id: str = "acme/one", **fields: Any) -> dict[str, Any]:
    """Return a record with an id, and whatever else matters to the test."""
    return {"id": model_id, "name": model_id, **fields}


def priced(model_id: str, prompt: str, completion: str, **fields: Any) -> dict[str, Any]:
    """Return a record with prices."""
    return record(model_id, pricing={"prompt": prompt, "completion": completion}, **fields)


def making(*outputs: str) -> dict[str, Any]:
    """Return the architecture of a model that makes something from text."""
    return {"input_modalities": ["text"], "output_modalities": list(outputs)}


def model(raw: dict[str, Any], lead: str = "") -> Model:
    """Return the model of a record, with a description of these words."""
    return model_of(raw, Prose(lead, f"<p>{lead}</p>" if lead else ""))


def catalog_bytes(records: Iterable[dict[str, Any]], as_of: datetime = AS_OF) -> bytes:
    """Return a stored catalog of these records."""
    return snapshot.encode([model(raw) for raw in records], as_of, ORIGIN)


def catalog(records: Iterable[dict[str, Any]], as_of: datetime = AS_OF) -> Catalog:
    """Return a catalog of these records, having been stored and read."""
    return snapshot.decode(catalog_bytes(records, as_of))


def listing(*records: Any) -> Fetched:
    """Return what a source fetched."""
    return Fetched(list(records), "OpenRouter", "https://example.org/models", b"[]")


class MemoryStore:
    """A store in memory: `failure` is raised while it is set, `reads` counts the looks at it."""

    def __init__(self, body: bytes | None = None) -> None:
        self.body = body
        self.version = 1
        self.failure: StoreError | None = None
        self.reads = 0

    def read(self) -> Stored:
        self.reads += 1
        if self.failure:
            raise self.failure
        if self.body is None:
            raise SnapshotMissing("memory is empty")
        return Stored(self.body, str(self.version))

    def read_unless(self, known_tag: str) -> Stored | None:
        stored = self.read()
        return None if stored.tag == known_tag else stored

    def write(self, body: bytes, expected_tag: str | None) -> str:
        if self.failure:
            raise self.failure
        stored = None if self.body is None else str(self.version)
        if stored != expected_tag:
            raise WriteConflict("memory was written")
        self.body, self.version = body, self.version + 1
        return str(self.version)
