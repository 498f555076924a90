"""Upstream records, catalogs and stores for tests, made of the fewest facts that say something."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.catalog import Catalog, CatalogData
from handler.domain.catalog.coverage import EVERYTHING, Reading
from handler.domain.catalog.model import Model, parse_model
from handler.domain.catalog.model_history import PRESENCE, ModelHistory, new_history, with_listed
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    SnapshotReplaced,
    StoreError,
    WriteConflict,
)
from handler.domain.ingest.observations import add_listing
from handler.domain.ingest.presence import insert_absence
from handler.domain.ingest.readings import ReadingLog
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.text import RenderedDescription
from handler.ports import FetchedDataset, ObjectStart, StoredObject

AS_OF = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
ORIGIN = Provenance(
    label="OpenRouter",
    url="https://openrouter.ai/api/v1/models",
    fetched_at=AS_OF,
    as_of=AS_OF,
    sha256="0" * 64,
    size_bytes=1_000,
    records=1,
    skipped=0,
)
NO_PROSE = RenderedDescription("", "")

STANDING = ArenaRank(
    rank=12,
    total=393,
    rating=1401.5,
    lower=1390.25,
    upper=1412.75,
    votes=9_876,
    published=date(2026, 8, 19),
    name="hermes-4-405b",
    match_reason="same name as its id",
    inherited_from=None,
)

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


ARENA_ROW = {
    "rank": 1,
    "model_name": "hermes-4-405b",
    "organization": "nousresearch",
    "vote_count": 7.0,
    "rating": 1500.5,
    "rating_lower": 1490,
    "rating_upper": 1510,
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
    return parse_model(raw, RenderedDescription(lead, f"<p>{lead}</p>" if lead else ""))


def profile(raw: dict[str, Any], lead: str = "", **known: Any) -> Profile:
    """Return the profile of a record, read at AS_OF alone, with whatever else is known."""
    described = model(raw, lead)
    return Profile(
        described, **{"history": new_history(described, AS_OF), "read_at": AS_OF, **known}
    )


def record_listing(history: ModelHistory, listed: Model, moment: datetime) -> ModelHistory:
    """Return the history with a list of a moment that has the model."""
    log = ReadingLog((), Reading(moment, EVERYTHING), {listed.id})
    never = datetime.min.replace(tzinfo=UTC)
    return add_listing(Profile(listed, history, never), listed, 0, log).history


def record_absence(history: ModelHistory, moment: datetime) -> ModelHistory:
    """Return the history with a list of everything of a moment that lacks the model."""
    log = ReadingLog((), Reading(moment, EVERYTHING), ())
    presence = insert_absence(history.timelines[PRESENCE], "", log)
    return with_listed({**history.timelines, PRESENCE: presence}, ())


def withdrawn(raw: dict[str, Any], lead: str = "", **known: Any) -> Profile:
    """Return the profile of a record that was missed a day after AS_OF."""
    seen = profile(raw, lead, **known)
    return seen._replace(history=record_absence(seen.history, AS_OF + timedelta(days=1)))


def contents(*profiles: Profile, as_of: datetime = AS_OF, **known: Any) -> CatalogData:
    """Return a catalog in full, from a list that covers everything.

    A listed profile that was read at AS_OF, as by default, was read in this list.
    """
    origin = ORIGIN._replace(fetched_at=as_of, as_of=as_of, records=len(profiles))
    placed = tuple(
        each._replace(
            position=position,
            read_at=each.read_at if each.withdrawn or each.read_at != AS_OF else as_of,
        )
        for position, each in enumerate(profiles)
    )
    readings = (Reading(as_of, EVERYTHING),)
    return CatalogData(as_of, EVERYTHING, placed, {LIST: origin}, readings, **known)


def stored(*profiles: Profile, **known: Any) -> bytes:
    """Return a stored catalog of these profiles."""
    return encode(contents(*profiles, **known), "run")


def catalog_bytes(records: Iterable[dict[str, Any]], as_of: datetime = AS_OF) -> bytes:
    """Return a stored catalog of these records."""
    return stored(*(profile(raw) for raw in records), as_of=as_of)


def catalog(records: Iterable[dict[str, Any]], as_of: datetime = AS_OF) -> Catalog:
    """Return a catalog of these records, having been stored and read."""
    return decode_whole(catalog_bytes(records, as_of))


def listing(*records: Any) -> FetchedDataset:
    """Return what a source fetched."""
    return FetchedDataset(list(records), "OpenRouter", "https://example.org/models", b"[]")


class MemoryStore:
    """A store in memory: `failure` is raised while it is set, `reads` counts the looks at it."""

    def __init__(self, body: bytes | None = None) -> None:
        self.body = body
        self.version = 1
        self.failure: StoreError | None = None
        self.reads = 0
        self.is_marked = False

    def was_written(self) -> bool:
        return self.is_marked

    def read(self) -> StoredObject:
        self.reads += 1
        if self.failure:
            raise self.failure
        if self.body is None:
            raise SnapshotMissing("memory is empty")
        return StoredObject(self.body, str(self.version))

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        body, etag = self.read()
        return None if etag == known_etag else ObjectStart(body[:max_bytes], etag, len(body))

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        self.reads += 1
        if self.failure:
            raise self.failure
        if self.body is None or etag != str(self.version):
            raise SnapshotReplaced("memory was written")
        if stop > len(self.body):
            raise InvalidSnapshot("memory ends early")
        return self.body[start:stop]

    def put(self, body: bytes, if_match: str | None) -> str:
        if self.failure:
            raise self.failure
        stored = None if self.body is None else str(self.version)
        if stored != if_match:
            raise WriteConflict("memory was written")
        self.body, self.version, self.is_marked = body, self.version + 1, True
        return str(self.version)


class MemoryArchive:
    """An archive in memory; `failure` is raised while it is set."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.failure: StoreError | None = None

    def put(self, name: str, body: bytes) -> None:
        if self.failure:
            raise self.failure
        self.bodies[name] = body
