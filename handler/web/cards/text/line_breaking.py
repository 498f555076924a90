"""Fits text into a width: breaks it into lines of even length, then shrinks, then truncates it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import inf
from typing import NamedTuple
from unicodedata import east_asian_width

from handler.domain.text import ELLIPSIS
from handler.web.cards.text.fonts import EM, Style
from handler.web.cards.text.graphemes import drop_undrawable, split_graphemes
from handler.web.cards.text.shaping import ShapedLine, shape_line

_BISECTIONS = 7
# Stripped before an ellipsis.
_TRAILING = " ,;:·-–—(["


class SizeStep(NamedTuple):
    """A font size in pixels, and the number of lines allowed at it."""

    size: int
    max_lines: int = 1


class Block(NamedTuple):
    """Lines at one size in pixels."""

    lines: tuple[ShapedLine, ...]
    size: int

    @property
    def width(self) -> float:
        """The length of the longest line in pixels."""
        return max((line.width(self.size) for line in self.lines), default=0)


class _Word(NamedTuple):
    text: str
    space_before: bool
    advance: int


def fit_text(text: str, style: Style, width: int, steps: Sequence[SizeStep]) -> Block:
    """Return a text at the first step where it fits a width in pixels, truncated at the last."""
    words = list(_split_words(drop_undrawable(text, style), style))
    for step in steps:
        limit = width * EM / step.size
        lines = _balance(words, limit, style)
        if len(lines) <= step.max_lines and all(word.advance <= limit for word in words):
            return _block(lines, style, step.size)
    return _block(_truncate(words, limit, step.max_lines, style), style, step.size)


def largest_fitting_size(
    texts: Iterable[tuple[str, int]], style: Style, sizes: Sequence[int], max_size: float = inf
) -> int:
    """Return the largest size at which each text fits its width in pixels, else the last."""
    lines = [(shape_line(text, style), width) for text, width in texts]
    for size in sizes:
        if size <= max_size and all(line.width(size) <= width for line, width in lines):
            return size
    return sizes[-1]


def _block(lines: Sequence[str], style: Style, size: int) -> Block:
    return Block(tuple(shape_line(line, style) for line in lines), size)


def _split_words(text: str, style: Style) -> Iterator[_Word]:
    """Yield the units of line breaking: words, and characters of scripts without spaces."""
    for word in text.split():
        yield from _measure(_split_wide(word, style), style)


def _split_wide(word: str, style: Style) -> list[str]:
    """Return a word's ideographs and emoji one by one, and what stands between them whole."""
    if not any(map(_is_wide, word)):
        return [word]
    parts = groupby(_split_characters(word, style), lambda part: _is_wide(part[0]))
    return [unit for is_wide, group in parts for unit in (group if is_wide else ["".join(group)])]


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _split_characters(text: str, style: Style) -> list[str]:
    return [grapheme.text for grapheme in split_graphemes(text, style)]


def _measure(parts: Sequence[str], style: Style, space_before: bool = True) -> Iterator[_Word]:
    """Yield parts of a word, the first of them with the space before the word."""
    for index, part in enumerate(parts):
        yield _Word(part, space_before and index == 0, shape_line(part, style).advance)


def _fill(words: Sequence[_Word], limit: float, style: Style) -> list[str]:
    """Return lines that each take as many words as fit, at least one."""
    space = shape_line("a a", style).advance - shape_line("aa", style).advance
    lines: list[str] = []
    used = 0
    for word in words:
        gap = space if word.space_before else 0
        if lines and used + gap + word.advance <= limit:
            lines[-1] += " " * word.space_before + word.text
            used += gap + word.advance
        else:
            lines.append(word.text)
            used = word.advance
    return lines


def _balance(words: Sequence[_Word], limit: float, style: Style) -> list[str]:
    """Return no more lines than fill the limit, broken so that the longest is shortest."""
    lines = _fill(words, limit, style)
    too_narrow, wide_enough = limit / 3, limit
    for _ in range(_BISECTIONS if len(lines) > 1 else 0):
        middle = (too_narrow + wide_enough) / 2
        narrower = _fill(words, middle, style)
        if len(narrower) > len(lines) or any(word.advance > middle for word in words):
            too_narrow = middle
        else:
            wide_enough, lines = middle, narrower
    return lines


def _truncate(words: Sequence[_Word], limit: float, max_lines: int, style: Style) -> list[str]:
    """Return lines within the limit; words longer than a line are broken, the last line is cut."""
    parts: list[_Word] = []
    for word in words:
        if word.advance <= limit:
            parts.append(word)
        else:
            parts += _measure(_split_characters(word.text, style), style, word.space_before)
    lines = _fill(parts, limit, style)
    if len(lines) <= max_lines:
        return lines
    return [*lines[: max_lines - 1], _add_ellipsis(lines[max_lines - 1], limit, style)]


def _add_ellipsis(line: str, limit: float, style: Style) -> str:
    """Return a line with "…" within the limit, cut at a space if its second half has one."""
    parts = _split_characters(line, style)
    end = len(parts)
    while end and shape_line("".join(parts[:end]) + ELLIPSIS, style).advance > limit:
        end -= 1
    if end < len(parts):
        end = max((i for i in range(end // 2, end) if parts[i] == " "), default=end)
    return "".join(parts[:end]).rstrip(_TRAILING) + ELLIPSIS
