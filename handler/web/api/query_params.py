"""What a list of models may be asked for: the explorer's filters, how many, and from where."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from handler.domain.search.query import (
    FLAGS,
    MAX_TEXT_CHARACTERS,
    RANGE_PATTERN,
    SORTS,
    WORD_PATTERN,
    ModelQuery,
    parse_query,
)

MAX_LISTED = 1_000

_MAX_VALUES = 8
_MAX_OFFSET = 1_000_000
_WORD = f"^(?:{WORD_PATTERN})?$"


def _one_of(values: Iterable[str]) -> str:
    return f"^(?:{'|'.join(values)})$"


class ModelFilters(BaseModel):
    """The parameters of a list. What the explorer would pass over is refused here, by name."""

    q: str = Field(
        "",
        description="words that ids or names must contain",
        max_length=MAX_TEXT_CHARACTERS,
        examples=["hermes"],
    )
    by: str = Field("", description="whose models alone", pattern=_WORD, examples=["nousresearch"])
    from_: str = Field(
        "", alias="from", description="who must serve them, as a slug", pattern=_WORD
    )
    has: list[Annotated[str, StringConstraints(pattern=f"^{WORD_PATTERN}$")]] = Field(
        [],
        description="parameters such as tools, modalities such as image-in or audio-out; each in a "
        "has of its own",
        max_length=_MAX_VALUES,
    )
    is_: list[Annotated[str, StringConstraints(pattern=_one_of(FLAGS))]] = Field(
        [],
        alias="is",
        description=f"{', '.join(FLAGS)}; each in an is of its own",
        max_length=_MAX_VALUES,
    )
    price: str = Field(
        "",
        description="US dollars per million tokens in, such as 0-5",
        pattern=f"^{RANGE_PATTERN}$",
    )
    context: str = Field("", description="tokens, such as 128k-", pattern=f"^{RANGE_PATTERN}$")
    sort: str = Field(
        "",
        description=f"by {', '.join(SORTS)}; the newest first without it",
        pattern=_one_of(["", *SORTS]),
    )
    limit: int = Field(100, description="how many at most", ge=1, le=MAX_LISTED)
    offset: int = Field(0, description="how many to pass over", ge=0, le=_MAX_OFFSET)

    def query(self) -> ModelQuery:
        """Return what they mean of the catalog."""
        named = [
            ("q", self.q),
            ("by", self.by),
            ("from", self.from_),
            ("price", self.price),
            ("context", self.context),
            ("sort", self.sort),
        ]
        several = [*(("has", value) for value in self.has), *(("is", value) for value in self.is_)]
        return parse_query([*named, *several])
