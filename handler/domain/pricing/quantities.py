"""Counts and percentages as people type them: "10M", "2 million", "10,000,000", "50%".

What could be read in two ways is not read at all: "10.000" is ten or ten thousand.
"""

import re
from decimal import Decimal

_MAX_CHARACTERS = 40
_MULTIPLIERS = {
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "mm", "mio", "mn", "million", "millions"), 1_000_000),
    **dict.fromkeys(("b", "bn", "billion", "billions"), 1_000_000_000),
}
_COUNT = re.compile(
    r"(?P<number>\d[\d.,'’_ ]*|[.,]\d+) ?(?P<multiplier>[a-z]*)(?: (?:tokens?|requests?))?",
    re.ASCII,
)
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?e\+?\d{1,2}", re.ASCII)
_GROUPS = re.compile(
    r"[1-9]\d{0,2}(?:(?:,\d{3})+(?:\.\d+)?|(?:\.\d{3}){2,}|(?:['’_ ]\d{3})+)", re.ASCII
)
_SEPARATORS, _POINTS = re.compile("[,'’_ ]"), re.compile(r"\.")
_DECIMAL = re.compile(r"\d*(?:[.,]\d+)?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?: ?%| percent)?", re.ASCII)


def parse_count(text: str, maximum: int) -> int | None:
    """Return a whole number from 0 to a maximum, None for any other text."""
    text = " ".join(text.lower().split())
    if len(text) > _MAX_CHARACTERS:
        return None
    count = Decimal(text) if _SCIENTIFIC.fullmatch(text) else _parse_words(text)
    if count is None or count > maximum or count != count.to_integral_value():
        return None
    return int(count)


def parse_percent(text: str) -> int | None:
    """Return a whole percentage from 0 to 100, None for any other text."""
    match = _PERCENT.fullmatch(" ".join(text.lower().split()))
    return int(match[1]) if match and int(match[1]) <= 100 else None


def _parse_words(text: str) -> Decimal | None:
    match = _COUNT.fullmatch(text)
    if not match:
        return None
    word = match["multiplier"]
    word = "" if word in ("token", "tokens", "request", "requests") else word
    if word and word not in _MULTIPLIERS:
        return None
    number = _parse_number(match["number"].strip(), has_multiplier=bool(word))
    return None if number is None else number * _MULTIPLIERS.get(word, 1)


def _parse_number(digits: str, *, has_multiplier: bool) -> Decimal | None:
    """Return the number of digits with separators, None where they are unusual or ambiguous."""
    if _GROUPS.fullmatch(digits):
        return Decimal((_POINTS if digits.count(".") > 1 else _SEPARATORS).sub("", digits))
    if not _DECIMAL.fullmatch(digits):
        return None
    _, point, fraction = digits.replace(",", ".").partition(".")
    is_ambiguous = point and len(fraction) >= 3 and not has_multiplier
    return None if is_ambiguous else Decimal(digits.replace(",", "."))
