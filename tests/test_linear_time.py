"""Every pattern and parser over untrusted text takes time in proportion to the text."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from handler.adapters import markdown
from handler.domain import text
from handler.domain.arena import name_variants
from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.matches import match_leaderboard
from handler.domain.catalog import related
from handler.domain.catalog.endpoints import compact_endpoints
from handler.domain.catalog.model import is_model_id
from handler.domain.catalog.model_index import IndexEntry, names_to_text
from handler.domain.catalog.usage import parse_rankings
from handler.domain.ingest import fields
from handler.domain.ingest.lenient_json import parse_json
from handler.domain.ingest.reserved_ids import check_not_reserved
from handler.domain.pricing.normalize import normalize_pricing
from handler.domain.pricing.parse import parse_pricing
from tests.support.builders import model, record
from tests.support.constants import PROJECT
from tests.support.growth import growth, least_seconds
from tests.support.patterns import (
    hidden_calls,
    hostile_texts,
    patterns_of,
    sources_with_patterns,
    uses_of,
)

# Sixteen times the input: 16 is linear, 64 takes in sorting and a busy machine, 256 is
# quadratic.
MAX_GROWTH = 64
# Of a quadratic pattern, these take 200 milliseconds and more; of a linear one, ten.
PATTERN_CHARACTERS = 32_000
MAX_PATTERN_SECONDS = 0.05
SOURCES = sources_with_patterns(PROJECT / "handler", PROJECT / "scripts" / "unfurling")
PATTERNS = patterns_of(SOURCES, PROJECT)

SHAPES: dict[str, Callable[[int], str]] = {
    "spaces": lambda n: "a" + " " * n + "b",
    "stars": lambda n: "*" * n + "x",
    "brackets": lambda n: "[" * n + "...",
    "links": lambda n: "[a](b" * n + "...",
    "open links": lambda n: "[a](" + "b" * n + "...",
    "dots": lambda n: "." * n,
    "hyphens": lambda n: "-" * n + "1k",
    "digits": lambda n: "-high-" + "1" * n,
    "efforts": lambda n: "-non-thinking-high" * n,
    "letters and digits": lambda n: "a1" * n + "!",
    "letters": lambda n: "a" * n + "!",
    "sentences": lambda n: "aaa. A" * n,
    "open words": lambda n: "a " + "the " * n,
    "combining marks": lambda n: "a" + "\u0301" * n,
    "joined emoji": lambda n: "\U0001f469\u200d" * n,
    "invisible": lambda n: "\u200b" * n,
    "dashes in ids": lambda n: "a/" + "a-." * n + ":",
    "sitemaps": lambda n: "sitemap-" + ".xml" * n + "!",
}

TEXT_PARSERS: dict[str, Callable[[str], object]] = {
    "truncated link": markdown._repair_truncated_link,
    "left-over marks": lambda value: markdown._STRONG.sub("", value),
    "host": markdown._HOST.fullmatch,
    "white space": text.collapse_whitespace,
    "escape": text.escape_markdown,
    "phrase": lambda value: text.truncate_at_phrase(value, len(value) - 1, 4 * len(value)),
    "sentence": lambda value: text.truncate_at_sentence(value, len(value) - 1, 4 * len(value)),
    "model id": is_model_id,
    "reserved id": lambda value: _attempt(check_not_reserved, f"a/{value}"),
    "number": fields._DIGITS.fullmatch,
    "row name": name_variants.parse_name_variants,
    "spelling": name_variants.spelling_key,
    "version": related._parse_line,
}


def _attempt(work: Callable[[str], object], value: str) -> None:
    with suppress(Exception):  # what it finds does not matter, only its time
        work(value)


@pytest.mark.promise("P14", "hostile texts, each for every pattern and parser")
@pytest.mark.parametrize("parse", TEXT_PARSERS.values(), ids=TEXT_PARSERS)
@pytest.mark.parametrize("make", SHAPES.values(), ids=SHAPES)
def test_a_parser_of_text_takes_linear_time(
    make: Callable[[int], str], parse: Callable[[str], object]
) -> None:
    assert growth(parse, make, 500) < MAX_GROWTH


@pytest.mark.promise("P14", "patterns, each on texts made of its own repeats")
@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern, uses = PATTERNS[name], uses_of(name, PROJECT)

    assert find_slow(pattern, uses) is None


def find_slow(
    pattern: re.Pattern[Any], uses: Sequence[str], characters: int = PATTERN_CHARACTERS
) -> str | None:
    """Return the beginning of a text that takes a pattern too long, in one of its uses."""
    for hostile in hostile_texts(pattern, characters):
        value = hostile.encode() if isinstance(pattern.pattern, bytes) else hostile
        for use in uses:
            if least_seconds(partial(_use, pattern, use), value) > MAX_PATTERN_SECONDS:
                return hostile[:40]
    return None


def _use(pattern: re.Pattern[Any], use: str, value: str | bytes) -> None:
    if use == "sub":
        pattern.sub(value[:0], value)
    elif use == "finditer":
        list(pattern.finditer(value))
    else:
        getattr(pattern, use)(value)


@pytest.mark.parametrize(
    ("source", "characters"),
    [(r"<[^>]*>", PATTERN_CHARACTERS), (r"\s*(?:\.\.\.|…)$", 8_000), (r"[\w.-]+@x", 8_000)],
    ids=["fast", "slower", "slowest"],
)
def test_a_quadratic_pattern_is_found(source: str, characters: int) -> None:
    assert find_slow(re.compile(source), ["search"], characters) is not None


def test_every_pattern_is_compiled_where_it_is_found() -> None:
    assert [call for path in SOURCES for call in hidden_calls(path)] == []
    assert len(PATTERNS) > 60


def _board(count: int, name: Callable[[int], str]) -> Leaderboard:
    rows = (LeaderboardRow(n, name(n), "acme", 1.0, 1.0, 1.0, 1) for n in range(1, count + 1))
    return Leaderboard(None, tuple(rows))


BOARDS: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "spellings of one name": (lambda n: f"{_permuted(n)}-x", lambda n: f"acme/{_permuted(n)}-x"),
    "efforts of as many models": (lambda n: f"m{n}-high", lambda n: f"acme/m{n}"),
    "dates of one name": (
        lambda n: f"one-{date(2020, 1, 1) + timedelta(days=n)}",
        lambda n: f"acme/one-{n}-x" if n > 1 else "acme/one",
    ),
    "spellings with efforts": (
        lambda n: f"{_permuted(n)}-x-high",
        lambda n: f"acme/{_permuted(n)}",
    ),
}


def _permuted(number: int) -> str:
    """Return the number's own order of the same words."""
    words = list("abcdefgh")
    for size in range(len(words), 1, -1):
        number, place = divmod(number, size)
        words[place], words[size - 1] = words[size - 1], words[place]
    return "-".join(words)


@pytest.mark.parametrize(("row_name", "model_id"), BOARDS.values(), ids=BOARDS)
def test_matching_a_leaderboard_takes_linear_time(
    row_name: Callable[[int], str], model_id: Callable[[int], str]
) -> None:
    def make(count: int) -> Any:
        reasoning = {"supported_parameters": ["reasoning"]}
        models = [model(record(model_id(n), **reasoning)) for n in range(1, count + 1)]
        return _board(count, row_name), models

    assert growth(lambda pair: match_leaderboard(*pair), make, 50) < MAX_GROWTH


def test_many_rows_of_one_model_are_matched_in_linear_time() -> None:
    reasoning = {"supported_parameters": ["reasoning"]}
    (one,) = [model(record("acme/a-b-c-d-e-f-g-h", **reasoning))]

    def make(count: int) -> Leaderboard:
        return _board(count, lambda n: f"{_permuted(n)}-high")

    assert growth(lambda board: match_leaderboard(board, [one]), make, 50) < MAX_GROWTH


def _tier(number: int) -> dict[str, Any]:
    return {"prompt": f"0.{number + 1:09}", "min_prompt_tokens": 1_000 * number}


def _hours(number: int) -> dict[str, Any]:
    start, end = f"{number % 24:02}:00", f"{(7 * number + 1) % 24:02}:00"
    return {"prompt": f"0.{number + 1:09}", "utc_start": start, "utc_end": end}


def _parse_price(prices: dict[str, Any]) -> None:
    normalize_pricing(parse_pricing(prices, "acme/one", ("text",)).schedule)


VALUES: dict[str, tuple[Callable[[Any], object], Callable[[int], Any]]] = {
    "tiers": (_parse_price, lambda n: {"prompt": "1", "overrides": [_tier(k) for k in range(n)]}),
    "hours": (_parse_price, lambda n: {"prompt": "1", "overrides": [_hours(k) for k in range(n)]}),
    "days of rankings": (
        parse_rankings,
        lambda n: [
            {"date": str(date.min + timedelta(days=k)), "model_permaslug": "a", "total_tokens": 1}
            for k in range(n)
        ],
    ),
    "models of one name": (
        names_to_text,
        lambda n: [IndexEntry(f"a/{k}", "", "one/name", None) for k in range(n)],
    ),
    "nested lists": (
        lambda data: _attempt(lambda _: parse_json(data, "list"), ""),
        lambda n: b"[" * n + b"]" * n,
    ),
    "endpoints": (
        compact_endpoints,
        lambda n: [{"provider_name": "a", "pricing": {"overrides": [{"a": "b" * n}]}}],
    ),
}


@pytest.mark.parametrize(("parse", "make"), VALUES.values(), ids=VALUES)
def test_a_parser_of_values_takes_linear_time(
    parse: Callable[[Any], object], make: Callable[[int], Any]
) -> None:
    assert growth(parse, make, 60) < MAX_GROWTH
