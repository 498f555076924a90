"""What a list of models may be asked for: the explorer's filters, how many, and from where."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from handler.domain.search.query import FLAGS, LONGEST_TEXT, RANGE, SORTS, WORD, Query, query_of

MOST_LISTED = 1_000

_MOST_VALUES = 8
_MOST_PASSED = 1_000_000
_WORD = f"^(?:{WORD})?$"


def _one_of(values: Iterable[str]) -> str:
    return f"^(?:{'|'.join(values)})$"


class Filters(BaseModel):
    """The parameters of a list. What the explorer would pass over is refused here, by name."""

    q: str = Field("", description="words that ids or names must contain",
                   max_length=LONGEST_TEXT, examples=["hermes"])  # fmt: skip
    by: str = Field("", description="whose models alone", pattern=_WORD, examples=["nousresearch"])
    from_: str = Field("", alias="from", description="who must serve them, as a slug",
                       pattern=_WORD)  # fmt: skip
    has: list[Annotated[str, StringConstraints(pattern=f"^{WORD}$")]] = Field(
        [],
        description="parameters such as tools, modalities such as image-in or audio-out; each in a "
        "has of its own",
        max_length=_MOST_VALUES,
    )
    is_: list[Annotated[str, StringConstraints(pattern=_one_of(FLAGS))]] = Field(
        [],
        alias="is",
        description=f"{', '.join(FLAGS)}; each in an is of its own",
        max_length=_MOST_VALUES,
    )
    price: str = Field("", description="US dollars per million tokens in, such as 0-5",
                       pattern=f"^{RANGE}$")  # fmt: skip
    context: str = Field("", description="tokens, such as 128k-", pattern=f"^{RANGE}$")
    sort: str = Field("", description=f"by {', '.join(SORTS)}; the newest first without it",
                      pattern=_one_of(["", *SORTS]))  # fmt: skip
    limit: int = Field(100, description="how many at most", ge=1, le=MOST_LISTED)
    offset: int = Field(0, description="how many to pass over", ge=0, le=_MOST_PASSED)

    def query(self) -> Query:
        """Return what they mean of the catalog."""
        named = [("q", self.q), ("by", self.by), ("from", self.from_), ("price", self.price),
                 ("context", self.context), ("sort", self.sort)]  # fmt: skip
        several = [*(("has", value) for value in self.has), *(("is", value) for value in self.is_)]
        return query_of([*named, *several])
