"""The table of filters of the model list.

Whatever concerns a filter reads it here: parsing and matching, the words of a view, the explorer's
form and links, the API's parameters, and the test of the CDN's cache policies. A new filter is a
new entry; where it needs a fact that rows do not have, it is a field of ModelRow too.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_usd
from handler.domain.search.filter import (
    MAX_TEXT_CHARACTERS,
    WORD_PATTERN,
    Control,
    Filter,
    Parameter,
    Position,
    parse_choices,
    parse_ranges,
    parse_suffixed,
    parse_text,
    parse_word,
)
from handler.domain.search.match import matches_text
from handler.domain.search.ranges import PRICE, TOKENS, Range, parse_range
from handler.domain.search.summary import ModelRow

_OPTIONAL_WORD = f"^(?:{WORD_PATTERN})?$"
_MAX_OPTIONS = 12
_NAMES = {"tools": "tool calling"}


class Flag(NamedTuple):
    """A value of `is`: its adjective in a sentence, its label in the form, and what it matches."""

    adjective: str
    label: str
    matches: Callable[[ModelRow], bool]


FLAGS = {
    "free": Flag("free", "free", lambda row: row.is_free),
    "paid": Flag("paid", "paid", lambda row: row.is_paid),
    "open": Flag("open-weight", "open weights", lambda row: row.is_open),
    "ranked": Flag("Arena-ranked", "ranked by Arena", lambda row: row.rank is not None),
    "new": Flag("new", "new in 30 days", lambda row: row.is_new),
    "changed": Flag("repriced", "price changed in 30 days", lambda row: row.is_changed),
    "withdrawn": Flag("withdrawn", "no longer listed", lambda row: row.withdrawn is not None),
}


class QuickFilter(NamedTuple):
    """A value of a filter that the explorer offers by itself: its label, parameter and value."""

    label: str
    parameter: str
    value: str


QUICK_FILTERS = (
    QuickFilter("Tools", "has", "tools"),
    QuickFilter("Vision", "has", "image-in"),
    QuickFilter("Reasoning", "has", "reasoning"),
    QuickFilter("Structured outputs", "has", "structured_outputs"),
    QuickFilter("Free", "is", "free"),
    QuickFilter("Paid only", "is", "paid"),
    QuickFilter("New in 30 days", "is", "new"),
    QuickFilter("Price changed in 30 days", "is", "changed"),
)

_HAS = Parameter(
    "has",
    "supported parameters such as tools, modalities such as image-in or audio-out; repeat `has`",
    pattern=f"^{WORD_PATTERN}$",
    is_list=True,
)


def _format_tokens(tokens: Decimal) -> str:
    """Return a bound in short where that is exact: 128K, 1M, 1,048,576."""
    short = format_token_count(int(tokens))
    is_exact = Range(tokens, None) == parse_range(short.lower(), TOKENS)
    return short if is_exact else f"{int(tokens):,}"


def _describe_context(limits: Range) -> str:
    """Return "with 128K+ context", "with up to 8K context" or "with 8K to 1M context"."""
    if limits.low is not None and limits.high is None:
        return f"with {_format_tokens(limits.low)}+ context"
    return f"with {limits.describe(_format_tokens)} context"


def _join_words(values: Sequence[str]) -> str:
    """Return "tools, reasoning and seed"."""
    words = [value.replace("_", " ") for value in values]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _has_filter(
    name: str, suffix: str, words: tuple[str, str], get: Callable[[ModelRow], Sequence[str]]
) -> Filter:
    """Return the filter of the values of `has` with a suffix. Without one they are parameters."""
    label, phrase = words
    return Filter(
        name=name,
        parameter=_HAS,
        parse=partial(parse_suffixed, suffix=suffix),
        matches=lambda row, value: value in get(row),
        phrase=lambda values, _: phrase.format(_join_words([_NAMES.get(v, v) for v in values])),
        control=Control("checkboxes", label.capitalize(), is_folded=True, max_options=_MAX_OPTIONS),
        facet=lambda row, _: [(value, value) for value in get(row)],
        suffix=suffix,
    )


FILTERS = (
    Filter(
        name="text",
        parameter=Parameter(
            "q",
            "words of names, ids and providers, and of filters such as vision, free or under $1",
            max_length=MAX_TEXT_CHARACTERS,
            examples=["hermes"],
        ),
        parse=parse_text,
        matches=matches_text,
        phrase=lambda values, _: f"matching “{values[0]}”",
        control=Control("search", "Search models"),
    ),
    Filter(
        name="author",
        parameter=Parameter("by", "author slug", pattern=_OPTIONAL_WORD, examples=["nousresearch"]),
        parse=parse_word,
        matches=lambda row, author: row.author.lower() == author,
        phrase=lambda values, names: f"by {names.authors.get(values[0], values[0])}",
        position=Position.AFTER_NOUN,
        control=Control("select", "Author", hint="Any author"),
        facet=lambda row, names: [(row.author.lower(), names.authors[row.author.lower()])],
    ),
    Filter(
        name="provider",
        parameter=Parameter("from", "provider slug", pattern=_OPTIONAL_WORD),
        parse=parse_word,
        matches=lambda row, provider: provider in row.providers,
        phrase=lambda values, names: f"on {names.providers.get(values[0], values[0])}",
        position=Position.AFTER_NOUN,
        control=Control("select", "Provider", hint="Any provider", is_folded=True),
        facet=lambda row, _: row.providers.items(),
    ),
    _has_filter("inputs", "-in", ("input", "with {} input"), lambda row: row.inputs),
    _has_filter("outputs", "-out", ("output", "with {} output"), lambda row: row.outputs),
    _has_filter("parameters", "", ("supports", "with {}"), lambda row: row.parameters),
    Filter(
        name="flags",
        parameter=Parameter(
            "is",
            f"{', '.join(FLAGS)}; repeat `is`",
            pattern=f"^(?:{'|'.join(FLAGS)})$",
            is_list=True,
        ),
        parse=partial(parse_choices, choices=FLAGS),
        matches=lambda row, flag: FLAGS[flag].matches(row),
        phrase=lambda values, _: " ".join(FLAGS[flag].adjective for flag in values),
        position=Position.BEFORE_NOUN,
        control=Control(
            "checkboxes",
            "Show only",
            options=tuple((name, flag.label) for name, flag in FLAGS.items()),
        ),
    ),
    Filter(
        name="price",
        parameter=Parameter(
            "price",
            "input price in US dollars per million tokens, such as 0-5; "
            "or repeat `price`: minimum, then maximum",
            is_list=True,
        ),
        parse=partial(parse_ranges, quantity=PRICE),
        matches=lambda row, price: price.contains(row.input_price),
        phrase=lambda values, _: f"{values[0].describe(format_usd)}/M in",
        position=Position.AFTER_COMMA,
        control=Control("text", "Input price ($/1M tokens)", hint="0-5", size=7),
    ),
    Filter(
        name="context",
        parameter=Parameter(
            "context",
            "context in tokens, such as 128k-; or repeat `context`: minimum, then maximum",
            is_list=True,
        ),
        parse=partial(parse_ranges, quantity=TOKENS),
        matches=lambda row, context: context.contains(row.context),
        phrase=lambda values, _: _describe_context(values[0]),
        control=Control("text", "Context (tokens)", hint="128K-", size=9),
    ),
)
"""All filters, in the order of the canonical query."""
