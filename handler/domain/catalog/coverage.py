"""Which models a list can list at all: those that its query asked for."""

from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_TEXT = "text"
_ALL = "all"


class Coverage(NamedTuple):
    """Models that make one of these; every model where it is None, no model where it is empty."""

    outputs: frozenset[str] | None

    def includes(self, output_modalities: Collection[str]) -> bool:
        """Return whether a model that makes these would be listed.

        One that does not say what it makes counts as making text, as all did before 2025.
        """
        return self.outputs is None or not self.outputs.isdisjoint(output_modalities or {_TEXT})


EVERYTHING = Coverage(None)
NOTHING = Coverage(frozenset())


def parse_coverage(names: str) -> Coverage:
    """Return the coverage of `output_modalities` as OpenRouter reads it: text where it is empty."""
    wanted = frozenset(filter(None, names.lower().split(",")))
    return EVERYTHING if _ALL in wanted else Coverage(wanted or frozenset({_TEXT}))


def coverage_from_url(url: str) -> Coverage:
    """Return the coverage of the list at a URL, as its query says."""
    return parse_coverage(",".join(parse_qs(urlsplit(url).query).get("output_modalities", [])))
