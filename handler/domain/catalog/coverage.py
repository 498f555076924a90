"""Which models a model list covers, as its query selects them by output modality."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

_TEXT = "text"


class Coverage(NamedTuple):
    """Models with one of these output modalities. None covers every model, an empty set none."""

    outputs: frozenset[str] | None

    @classmethod
    def parse(cls, output_modalities: str) -> Self:
        """Return the coverage of OpenRouter's parameter of this name: text where it is empty."""
        outputs = frozenset(filter(None, output_modalities.lower().split(",")))
        return cls(None if "all" in outputs else outputs or frozenset({_TEXT}))

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Return the coverage of the model list at a URL."""
        values = parse_qs(urlsplit(url).query).get("output_modalities", [])
        return cls.parse(",".join(values))

    @classmethod
    def from_json(cls, stored: Sequence[str] | None) -> Self:
        """Return the coverage of its stored form."""
        return cls(None if stored is None else frozenset(stored))

    def to_json(self) -> list[str] | None:
        """Return the stored form: the output modalities in order, None for every model."""
        return None if self.outputs is None else sorted(self.outputs)

    def union(self, other: Self) -> Self:
        """Return the coverage of two lists together."""
        if self.outputs is None or other.outputs is None:
            return type(self)(None)
        return type(self)(self.outputs | other.outputs)

    def includes(self, output_modalities: Collection[str]) -> bool:
        """Return whether a model with these outputs is covered: one without any counts as text."""
        return self.outputs is None or not self.outputs.isdisjoint(output_modalities or {_TEXT})


EVERYTHING = Coverage(None)
NOTHING = Coverage(frozenset())


class Reading(NamedTuple):
    """One model list that was read: when it was served, and what it says nothing about.

    `unreadable_ids` are the ids of records that could not be models: they count neither as listed
    nor as absent.
    """

    moment: datetime
    coverage: Coverage
    unreadable_ids: frozenset[str] = frozenset()


def readings_to_json(readings: Iterable[Reading]) -> list[list[Any]]:
    """Return the stored form: `[coverage, unreadable ids, moments]` of successive readings."""
    return [
        [coverage.to_json(), sorted(ids), [reading.moment.isoformat() for reading in group]]
        for (coverage, ids), group in groupby(readings, key=lambda reading: reading[1:])
    ]


def readings_from_json(stored: Iterable[Sequence[Any]]) -> tuple[Reading, ...]:
    """Return the readings of their stored form."""
    return tuple(
        Reading(datetime.fromisoformat(moment), Coverage.from_json(coverage), frozenset(ids))
        for coverage, ids, moments in stored
        for moment in moments
    )
