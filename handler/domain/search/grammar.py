"""Words of a search that mean a filter: "vision tools under $1 200k free by google".

The grammar, in lower case. Text in quotation marks is never read.

    flag      free | paid | open, open weights | new | changed | ranked
    ability   tools | vision, images | audio | video | files, pdf | image generation,
              audio output … | reasoning, thinking | structured outputs, json
    price     under $1 | < $1 | over $2 | $1-$5
    context   200k | 128k+ context | over 1m tokens
    maker     by anthropic; from, on or via a provider (from an author too)
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from handler.domain.search.filter import DisplayNames
from handler.domain.search.match import search_name
from handler.domain.search.query import ActiveFilter
from handler.domain.search.ranges import PRICE, TOKENS, UNLIMITED, parse_range

_QUOTED = re.compile('["“”][^"“”]*["“”]?')
_HIGH = r"(?:under|below|less than|up to|at most|max|<=?|≤)"
_LOW = r"(?:over|above|more than|from|at least|min|>=?|≥)"
_USD = r"\$\s?[\d.,]+|[\d.,]+\s?\$"
_PRICE = re.compile(
    rf"(?<!\S)(?:(?:for )?(?:{_HIGH}|{_LOW}) ?)?(?:{_USD})(?:\s?[-–]\s?\$?[\d.,]+|\+)?(?:/m)?(?!\S)"
)
_UNIT = r"(?: (?:tokens?|context|ctx))*"
_CONTEXT = re.compile(
    rf"(?<!\S)(?:with )?(?:(?:{_HIGH}|{_LOW}) ?)?\d{{1,4}}(?:\.\d)?[km]\+?{_UNIT}(?!\S)"
)
_MAKER = re.compile(r"(?<!\S)(by|from|on|via) (\S+(?: \S+)?(?: \S+)?)")
_WORDS = {
    r"free": ("flags", "free"),
    r"paid": ("flags", "paid"),
    r"open(?:[- ](?:weights?|source))?": ("flags", "open"),
    r"new": ("flags", "new"),
    r"changed|repriced": ("flags", "changed"),
    r"ranked": ("flags", "ranked"),
    r"tools?(?:[- ](?:calls?|calling|use))?|function[- ]calling": ("parameters", "tools"),
    r"reasoning|thinking": ("parameters", "reasoning"),
    r"structured(?:[- ]outputs?)?|json(?: mode)?": ("parameters", "structured_outputs"),
    r"images?[- ](?:generation|output)": ("outputs", "image"),
    r"audio[- ](?:generation|output)": ("outputs", "audio"),
    r"videos?[- ](?:generation|output)": ("outputs", "video"),
    r"vision|images?(?:[- ]input)?": ("inputs", "image"),
    r"audio(?:[- ]input)?": ("inputs", "audio"),
    r"videos?(?:[- ]input)?": ("inputs", "video"),
    r"files?(?:[- ]input)?|pdfs?": ("inputs", "file"),
}
_PATTERNS = [
    (re.compile(rf"(?<!\S)(?:(?:with|and|for|plus|supports) )?(?:{words}),?(?!\S)"), meaning)
    for words, meaning in _WORDS.items()
]


class Understood(NamedTuple):
    """The filters that words mean, and the text that remains."""

    filters: tuple[ActiveFilter, ...]
    rest: str


def read_limits(text: str) -> Understood:
    """Return the price and the context that a text limits."""
    found: list[ActiveFilter] = []

    def read(name: str, quantity_text: str) -> bool:
        limits = parse_range(quantity_text, PRICE if name == "price" else TOKENS)
        is_new = limits not in (None, UNLIMITED) and name not in [each.name for each in found]
        found.extend([ActiveFilter(name, limits)] if is_new else [])
        return is_new

    def take(name: str, part: str) -> str:
        pattern = _PRICE if name == "price" else _CONTEXT
        return pattern.sub(lambda m: " " if read(name, _bare(m[0])) else m[0], part)

    rest = _outside_quotes(text, lambda part: take("context", take("price", part)))
    return Understood(tuple(found), rest)


def read_makers(text: str, names: DisplayNames) -> Understood:
    """Return the author and the provider that a text names after "by", "from", "on" or "via"."""
    found: list[ActiveFilter] = []

    def take(match: re.Match[str]) -> str:
        words = match[2].split()
        for count in range(len(words), 0, -1):
            maker = _find_maker(match[1], " ".join(words[:count]), names)
            if maker and maker.name not in [each.name for each in found]:
                found.append(maker)
                return " ".join(["", *words[count:]])
        return match[0]

    rest = _outside_quotes(text, lambda part: _MAKER.sub(take, part))
    return Understood(tuple(found), rest)


def read_words(text: str) -> Understood:
    """Return the flags and the abilities that words of a text mean."""
    found: list[ActiveFilter] = []

    def take(part: str) -> str:
        for pattern, meaning in _PATTERNS:
            part, count = pattern.subn(" ", part)
            found.extend([ActiveFilter(*meaning)] if count else [])
        return part

    rest = _outside_quotes(text, take)
    return Understood(tuple(dict.fromkeys(found)), "" if rest in ("model", "models") else rest)


def without_prepositions(text: str) -> str:
    """Return the text without the words that introduce a maker."""
    return _MAKER.sub(lambda match: match[2], text)


def _find_maker(word: str, name: str, names: DisplayNames) -> ActiveFilter | None:
    makers = {"author": names.authors, "provider": names.providers}
    order = ["author"] if word == "by" else ["provider", "author"]
    wanted = search_name(name).joined
    for kind in order:
        for slug, shown in makers[kind].items():
            if wanted and wanted in (search_name(slug).joined, search_name(shown).joined):
                return ActiveFilter(kind, slug)
    return None


def _bare(text: str) -> str:
    """Return a limit without the words that introduce it."""
    return text.strip().removeprefix("for ").removeprefix("with ")


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """Return the text with its parts outside quotation marks changed."""
    parts, end = [], 0
    for quoted in _QUOTED.finditer(text):
        parts += [change(text[end : quoted.start()]), quoted[0]]
        end = quoted.end()
    return " ".join(" ".join([*parts, change(text[end:])]).split())
