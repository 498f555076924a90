"""Ranges of prices and token counts, as people type them: "0-5", "<5", "200K+", "up to 0,5"."""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple


class Range(NamedTuple):
    """From `low` to `high`, both included. None leaves an end open, one of them at most."""

    low: Decimal | None
    high: Decimal | None

    def contains(self, value: Decimal | int | None) -> bool:
        """Return whether a value lies within. One that is not known never does."""
        if value is None:
            return False
        return (self.low or 0) <= value and (self.high is None or value <= self.high)

    def describe(self, format_end: Callable[[Decimal], str]) -> str:
        """Return "up to $5", "from $1" or "$1 to $5"."""
        if self.low is None:
            return f"up to {format_end(self.high or Decimal(0))}"
        low = format_end(self.low)
        return f"from {low}" if self.high is None else f"{low} to {format_end(self.high)}"

    def __str__(self) -> str:
        high = "" if self.high is None else _format_digits(self.high)
        return f"{_format_digits(self.low or Decimal(0))}-{high}"


UNLIMITED = Range(None, None)


class Bound(Enum):
    """The end that a number alone sets."""

    LOW = "low"
    HIGH = "high"


class Quantity(NamedTuple):
    """What the numbers of a range count: how they are written, and what one alone bounds."""

    unit: re.Pattern[str]
    number: re.Pattern[str]
    lone: Bound


_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+"
_PLAIN = r"\d{1,9}(?:[.,]\d{1,6})?|[.,]\d{1,6}"
# A price such as "1,500" may be 1.5 or 1500: it is not read. "0,500" can only be a half.
_PRICE_NUMBER = (
    r"\d{1,3}(?:,\d{3}){2,}(?:\.\d{1,6})?|\d{1,3},\d{3}\.\d{1,6}|(?!0*[1-9]\d*,\d{3}$)(?:"
    + _PLAIN
    + ")"
)
PRICE = Quantity(
    re.compile(r"\$|usd|dollars?|(?:/|per)(?:1?m(?:illion)?)?(?:tok(?:en)?s?)?$"),
    re.compile(rf"({_PRICE_NUMBER})()"),
    Bound.HIGH,
)
TOKENS = Quantity(
    re.compile(r"tok(?:en)?s?|context|ctx"),
    re.compile(rf"({_THOUSANDS}|{_PLAIN})([km]?)"),
    Bound.LOW,
)

_SIMPLE = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_GROUPED = re.compile(_THOUSANDS + r"(?:\.\d+)?")

_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}
_DASHES = dict.fromkeys("–—−‐‑", "-")
_SIGNS = str.maketrans({"≤": "<", "≥": ">", "=": "", **_DASHES})
_HIGH_BEFORE = re.compile(r"<|upto|atmost|max(?:imum)?|under|below|lessthan")
_LOW_BEFORE = re.compile(r">|from|atleast|min(?:imum)?|over|above|morethan")
_HIGH_AFTER = re.compile(r"orless|max")
_LOW_AFTER = re.compile(r"\+|ormore|min")
_BETWEEN = re.compile(r"-|\.\.|to")


def parse_range(text: str, quantity: Quantity, lone: Bound | None = None) -> Range | None:
    """Return the range of a text in lower case, None where it cannot be read.

    A number alone sets the end `lone`, by default the one that people mean: the highest price, the
    shortest context. Ends in the wrong order are swapped. "0-" is read, and limits nothing.
    """
    found = read_ends(text, quantity, lone)
    return found and order(found)


def read_ends(text: str, quantity: Quantity, lone: Bound | None = None) -> Range | None:
    """Return the ends that a text sets, as `parse_range` reads them, but in the order given."""
    compact = "".join(text.translate(_SIGNS).split())
    compact = "-".join(quantity.unit.sub("", end) for end in compact.split("-"))
    found = _bounded(compact, quantity) or _between(compact, quantity)
    if found is None and (amount := _parse_amount(compact, quantity)) is not None:
        is_high = (lone or quantity.lone) is Bound.HIGH
        found = Range(None, amount) if is_high else Range(amount, None)
    return found


def intersect(one: Range, other: Range) -> Range | None:
    """Return what lies in both ranges, None where nothing does."""
    highs = [high for high in (one.high, other.high) if high is not None]
    low, high = max(one.low or Decimal(0), other.low or Decimal(0)), min(highs, default=None)
    return None if high is not None and low > high else Range(low or None, high)


def _bounded(text: str, quantity: Quantity) -> Range | None:
    """Return the range of a number with a sign or words that say which end it is."""
    for pattern, is_high in ((_HIGH_BEFORE, True), (_LOW_BEFORE, False)):
        if match := pattern.match(text):
            return _one_end(text[match.end() :], quantity, is_high)
    for pattern, is_high in ((_HIGH_AFTER, True), (_LOW_AFTER, False)):
        if (match := pattern.search(text)) and match.end() == len(text):
            return _one_end(text[: match.start()], quantity, is_high)
    return None


def _one_end(text: str, quantity: Quantity, is_high: bool) -> Range | None:
    amount = _parse_amount(text, quantity)
    if amount is None:
        return None
    return Range(None, amount) if is_high else Range(amount, None)


def _between(text: str, quantity: Quantity) -> Range | None:
    """Return the range of two numbers, either of which may be left out."""
    ends = _BETWEEN.split(text)
    if len(ends) != 2 or not any(ends):
        return None
    low, high = ends
    if (scale := high[-1:]) in ("k", "m") and low[-1:].isdigit() and _is_less(low, high[:-1]):
        low += scale
    amounts = [_parse_amount(end, quantity) if end else None for end in (low, high)]
    is_read = sum(amount is not None for amount in amounts) == sum(map(bool, ends))
    return Range(*amounts) if is_read else None


def _is_less(low: str, high: str) -> bool:
    """Return whether two plain numbers ascend, so that "128-200k" is from 128k."""
    numbers = [Decimal(end) for end in (low, high) if _SIMPLE.fullmatch(end)]
    return len(numbers) == 2 and 0 < numbers[0] < numbers[1]


def _parse_amount(text: str, quantity: Quantity) -> Decimal | None:
    match = quantity.number.fullmatch(text)
    if not match:
        return None
    digits, scale = match.groups()
    is_grouped = _GROUPED.fullmatch(digits) and quantity is TOKENS
    is_grouped = is_grouped or digits.count(",") > 1 or ("," in digits and "." in digits)
    amount = Decimal(digits.replace(",", "" if is_grouped else ".")) * _SCALES[scale]
    # "128.000" tokens may be 128,000 to its reader.
    is_unclear = not scale and not is_grouped and not digits.isdecimal()
    return None if is_unclear and quantity is TOKENS else amount


def order(found: Range) -> Range:
    """Return the range with its ends in order; zero as a low end is none."""
    low, high = found
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Range(low or None, high)


def _format_digits(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
