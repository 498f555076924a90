"""Which models a model list covers, as its query selects them by output modality."""

from collections.abc import Collection
from typing import NamedTuple, Self
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

    def includes(self, output_modalities: Collection[str]) -> bool:
        """Return whether a model with these outputs is covered: one without any counts as text."""
        return self.outputs is None or not self.outputs.isdisjoint(output_modalities or {_TEXT})


EVERYTHING = Coverage(None)
NOTHING = Coverage(frozenset())
