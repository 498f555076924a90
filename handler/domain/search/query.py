"""What somebody wants to see of the catalog, as the query of an address says it.

Reading never fails: a name that is not known, or a value that cannot be read, changes nothing. Each
query has one canonical form, in which the names stand in the order of NAMES.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from handler.domain.text import collapse_whitespace

PARAMETERS = ("q", "by", "from", "has", "is", "price", "context", "sort", "page")
"""Every name that is read; `has` and `is` may come several times. A CDN keeps ten apart at most."""

TAKES, GIVES = "-in", "-out"
"""What makes a modality one that a model `has`: "image-in"."""

FLAGS = ("free", "open", "ranked", "new", "withdrawn")
COLUMNS = ("name", "input", "output", "context", "rank", "added")
NEWEST_FIRST = "-added"

MAX_TEXT_CHARACTERS = 60
SORTS = (*COLUMNS, *(f"-{column}" for column in COLUMNS))

WORD_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
"""What an author, a provider, a parameter or a modality looks like, as a regular expression."""

_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([kmKM]?)"
RANGE_PATTERN = rf"\$?(?:{_NUMBER})?(?:(-)\$?(?:{_NUMBER})?)?"
"""What a range looks like, as a regular expression: "0-5", "128k-", "-1m", "5"."""

_MAX_PARAMS = 60
_MAX_VALUES = 8
_WORD = re.compile(WORD_PATTERN)
_RANGE = re.compile(RANGE_PATTERN)
_PAGE = re.compile(r"[1-9]\d{0,2}", re.ASCII)
ZERO = Decimal(0)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}


class Range(NamedTuple):
    """From `low` to `high`, both of them within; None leaves an end open. Zero is no low end."""

    low: Decimal | None = None
    high: Decimal | None = None

    def contains(self, value: Decimal | int | None) -> bool:
        """Return whether a value lies within; one that is not known lies in the open range only."""
        if self == ANY:
            return True
        if value is None:
            return False
        return (self.low or ZERO) <= value and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        if self == ANY:
            return ""
        return (
            f"{_digits(self.low or Decimal(0))}-{'' if self.high is None else _digits(self.high)}"
        )


ANY = Range()


@dataclass(frozen=True, slots=True)
class ModelQuery:
    """Filters, an order and a page. Several values of one filter must all hold.

    `price` is in US dollars per million input tokens, `context` in tokens; `sort` is one of COLUMNS
    with "-" before it for the largest first, `provider` a slug.
    """

    text: str = ""
    author: str = ""
    provider: str = ""
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    price: Range = ANY
    context: Range = ANY
    sort: str = NEWEST_FIRST
    page: int = 1

    def to_params(self) -> list[tuple[str, str]]:
        """Return the canonical form, name by name, without what says nothing."""
        several = {"has": self._having(), "is": self.flags}
        single = {
            "q": self.text,
            "by": self.author,
            "from": self.provider,
            "price": str(self.price),
            "context": str(self.context),
            "sort": "" if self.sort == NEWEST_FIRST else self.sort,
            "page": "" if self.page == 1 else str(self.page),
        }
        return [(n, v) for n in PARAMETERS for v in several.get(n, (single.get(n, ""),)) if v]

    def _having(self) -> tuple[str, ...]:
        inputs = (f"{mode}{TAKES}" for mode in self.inputs)
        outputs = (f"{mode}{GIVES}" for mode in self.outputs)
        return (*inputs, *outputs, *self.parameters)

    def to_query_string(self) -> str:
        """Return the canonical form as it stands behind a "?"; empty where nothing is asked."""
        return urlencode(self.to_params(), safe="/:")


def parse_query(pairs: Iterable[tuple[str, str]]) -> ModelQuery:
    """Return what the pairs of a query ask for."""
    values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in list(pairs)[:_MAX_PARAMS]:
        if name in values and value.strip():
            values[name].append(value.strip().lower())
    flags, having = values["is"], _words(values["has"])
    return ModelQuery(
        text=_text(values["q"]),
        author=_first(_words(values["by"])),
        provider=_first(_words(values["from"])),
        inputs=_several(word.removesuffix(TAKES) for word in having if word.endswith(TAKES)),
        outputs=_several(word.removesuffix(GIVES) for word in having if word.endswith(GIVES)),
        parameters=_several(word for word in having if not word.endswith((TAKES, GIVES))),
        flags=tuple(flag for flag in FLAGS if flag in flags),
        price=_first_range(values["price"], alone_is_high=True),
        context=_first_range(values["context"], alone_is_high=False),
        sort=next((sort for sort in values["sort"] if sort in SORTS), NEWEST_FIRST),
        page=next((int(page) for page in values["page"] if _PAGE.fullmatch(page)), 1),
    )


def _text(values: Sequence[str]) -> str:
    words = collapse_whitespace(values[0].encode(errors="ignore").decode()) if values else ""
    return words[:MAX_TEXT_CHARACTERS].strip()


def _words(values: Iterable[str]) -> list[str]:
    return [value for value in values if _WORD.fullmatch(value)]


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values))[:_MAX_VALUES])


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _first_range(values: Sequence[str], *, alone_is_high: bool) -> Range:
    """Return a range such as "1-5", "-5" or "5-"; one number alone is the end that people mean.

    Ends in the wrong order are turned round.
    """
    match = _RANGE.fullmatch(values[0].replace(",", "").replace(" ", "")) if values else None
    if not match:
        return ANY
    low, low_scale, dash, high, high_scale = match.groups()
    if not dash and low and not high and alone_is_high:
        low, high, high_scale = None, low, low_scale
    found = Range(_amount(low, low_scale) or None, _amount(high, high_scale))
    crossed = None not in found and (found.low or ZERO) > (found.high or ZERO)
    return Range(found.high, found.low) if crossed else found


def _amount(number: str | None, scale: str | None) -> Decimal | None:
    return Decimal(number) * _SCALES[scale or ""] if number else None


def _digits(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
