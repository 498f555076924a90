"""Loads the bundled sample into a store, list by list, through the code that is deployed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import EndpointBatch, EndpointResponse, FetchedDataset, MarkdownRenderer
from handler.services.refresh import refresh_catalog
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample-catalog.json"
SAMPLE_LABEL = "Burgee’s bundled sample"


@dataclass(frozen=True, slots=True)
class SampleDataset:
    """A part of the sample as a source: a model list, or a leaderboard."""

    label: str
    records: list[Any]
    as_of: str
    coverage: Coverage = EVERYTHING

    def fetch(self) -> FetchedDataset:
        """Return the records of this part."""
        body = json.dumps(self.records).encode()
        return FetchedDataset(self.records, self.label, SAMPLE.name, body, self.as_of)


@dataclass(frozen=True, slots=True)
class SampleEndpoints:
    """The endpoints in the sample, as a source."""

    as_of: datetime
    by_model: Mapping[str, list[Any]]
    label: str = f"{SAMPLE_LABEL} of OpenRouter’s endpoints"
    url: str = SAMPLE.name

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return the endpoints of these models that the sample has."""
        return EndpointBatch(tuple(self._find(model_ids)), ())

    def _find(self, model_ids: Sequence[str]) -> Iterator[EndpointResponse]:
        for model_id in model_ids:
            if model_id in self.by_model:
                record = {"endpoints": self.by_model[model_id]}
                yield EndpointResponse(model_id, record, json.dumps(record).encode(), self.as_of)


def newest_records() -> list[dict[str, Any]]:
    """Return the newest record of each model that the sample lists."""
    return current_records(_load()["lists"])


def current_records(lists: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the records of the newest list, and those that its query leaves out."""
    *past, newest = lists
    coverage = Coverage.parse(newest["covers"])
    others = [raw for one in past for raw in one["data"] if not coverage.includes(_outputs(raw))]
    return [*newest["data"], *{raw["id"]: raw for raw in others}.values()]


def _outputs(record: Mapping[str, Any]) -> list[str]:
    outputs: list[str] = record.get("architecture", {}).get("output_modalities", [])
    return outputs


def newest_endpoints() -> dict[str, list[Any]]:
    """Return the endpoints in the sample, by model id."""
    endpoints: dict[str, list[Any]] = _load()["endpoints"]["by_model"]
    return endpoints


def load_sample(
    repository: SnapshotRepository, renderer: MarkdownRenderer, newest_list: Sequence[Any] = ()
) -> None:
    """Merge each list of the sample into a store, and the other sources with the newest.

    `newest_list` replaces the records of the newest list.
    """
    sample = _load()
    *past, newest = sample["lists"]
    newest = {**newest, "data": list(newest_list) or newest["data"]}
    for stored in past:
        _merge(Sources(_model_list(stored)), stored, repository, renderer)
    _merge(_all_sources(sample, newest), newest, repository, renderer)


def _load() -> Any:
    return parse_json(SAMPLE.read_bytes(), str(SAMPLE))


def _model_list(stored: Mapping[str, Any]) -> SampleDataset:
    label = f"{SAMPLE_LABEL} of OpenRouter’s list"
    return SampleDataset(label, stored["data"], stored["as_of"], Coverage.parse(stored["covers"]))


def _all_sources(sample: Mapping[str, Any], newest: Mapping[str, Any]) -> Sources:
    arena, endpoints = sample["arena"], sample["endpoints"]
    label = f"{SAMPLE_LABEL} of Arena’s text leaderboard"
    return Sources(
        models=_model_list(newest),
        endpoints=SampleEndpoints(
            datetime.fromisoformat(endpoints["as_of"]), endpoints["by_model"]
        ),
        arena=SampleDataset(label, arena["rows"], arena["as_of"]),
    )


def _merge(
    sources: Sources,
    stored: Mapping[str, Any],
    repository: SnapshotRepository,
    renderer: MarkdownRenderer,
) -> None:
    as_of = datetime.fromisoformat(stored["as_of"]).astimezone(UTC)
    refresh_catalog(sources, repository, renderer, as_of, None, lambda _step: None)
