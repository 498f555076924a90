"""Put the bundled sample into a store, reading by reading, through the code that is deployed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import EndpointBatch, EndpointResponse, FetchedDataset, MarkdownRenderer
from handler.services.refresh import Sources, refresh_catalog
from handler.services.snapshot_repository import SnapshotRepository

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample-catalog.json"
SAMPLE_LABEL = "Burgee’s bundled sample"


@dataclass(frozen=True, slots=True)
class SampleDataset:
    """One part of the sample, as a source of a list or of ranks."""

    label: str
    records: list[Any]
    as_of: str
    coverage: Coverage = EVERYTHING

    def fetch(self) -> FetchedDataset:
        """Return what the part holds."""
        body = json.dumps(self.records).encode()
        return FetchedDataset(self.records, self.label, SAMPLE.name, body, self.as_of)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The part of the sample that says who serves the models."""

    as_of: datetime
    by_model: Mapping[str, list[Any]]
    label: str = f"{SAMPLE_LABEL} of OpenRouter’s endpoints"
    url: str = SAMPLE.name

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return what the sample has of these models."""
        return EndpointBatch(tuple(self._found(model_ids)), ())

    def _found(self, model_ids: Sequence[str]) -> Iterator[EndpointResponse]:
        for model_id in model_ids:
            if model_id in self.by_model:
                record = {"endpoints": self.by_model[model_id]}
                yield EndpointResponse(model_id, record, json.dumps(record).encode(), self.as_of)


def newest_records() -> list[dict[str, Any]]:
    """Return the records of the sample's newest list."""
    records: list[dict[str, Any]] = parse_json(SAMPLE.read_bytes(), str(SAMPLE))["readings"][-1][
        "data"
    ]
    return records


def newest_details() -> dict[str, list[Any]]:
    """Return who serves each model, by id, as the sample has it."""
    details: dict[str, list[Any]] = parse_json(SAMPLE.read_bytes(), str(SAMPLE))["endpoints"][
        "by_model"
    ]
    return details


def load_sample(
    keeper: SnapshotRepository, render_prose: MarkdownRenderer, newest_list: Sequence[Any] = ()
) -> None:
    """Merge each reading of the sample into a store, the other sources with the newest.

    A list of records may stand in for the newest reading's.
    """
    sample = parse_json(SAMPLE.read_bytes(), str(SAMPLE))
    *past, newest = sample["readings"]
    newest = {**newest, "data": list(newest_list) or newest["data"]}
    for reading in past:
        _merge(Sources(_list_of(reading)), reading, keeper, render_prose)
    _merge(_all_of(sample, newest), newest, keeper, render_prose)


def _list_of(reading: Mapping[str, Any]) -> SampleDataset:
    label = f"{SAMPLE_LABEL} of OpenRouter’s list"
    return SampleDataset(
        label, reading["data"], reading["as_of"], Coverage.parse(reading["covers"])
    )


def _all_of(sample: Mapping[str, Any], newest: Mapping[str, Any]) -> Sources:
    ranks, served = sample["arena"], sample["endpoints"]
    label = f"{SAMPLE_LABEL} of Arena’s text leaderboard"
    return Sources(
        models=_list_of(newest),
        endpoints=Endpoints(datetime.fromisoformat(served["as_of"]), served["by_model"]),
        arena=SampleDataset(label, ranks["rows"], ranks["as_of"]),
    )


def _merge(
    sources: Sources,
    reading: Mapping[str, Any],
    keeper: SnapshotRepository,
    render_prose: MarkdownRenderer,
) -> None:
    as_of = datetime.fromisoformat(reading["as_of"]).astimezone(UTC)
    refresh_catalog(sources, keeper, render_prose, as_of, None, lambda _step: None)
