"""Text set into a width: broken into even lines, made smaller, and only then cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from handler.domain.text import ELLIPSIS
from handler.web.cards.text.fonts import EM, Style
from handler.web.cards.text.graphemes import drop_undrawable, split_graphemes
from handler.web.cards.text.shaping import ShapedLine, shape_line

_BISECTIONS = 7
_DANGLING = " ,;:·-–—(["


@dataclass(frozen=True, slots=True)
class SizeStep:
    """A size in pixels, and how many lines of it there may be."""

    size: int
    max_lines: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size."""

    lines: tuple[ShapedLine, ...]
    size: int

    @property
    def width(self) -> float:
        """The length of the longest line in pixels."""
        return max((line.width(self.size) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    space_before: bool
    advance: int


def fit_text(text: str, style: Style, width: int, steps: Sequence[SizeStep]) -> Block:
    """Return a text within a width in pixels at the first step that it fits, or cut at the last."""
    words = list(_words(drop_undrawable(text, style), style))
    for step in steps:
        limit = width * EM / step.size
        lines = _even(words, limit, style)
        if len(lines) <= step.max_lines and all(word.advance <= limit for word in words):
            return _block(lines, style, step.size)
    last = steps[-1]
    return _block(_cut(words, width * EM / last.size, last.max_lines, style), style, last.size)


def largest_fitting_size(
    texts: Iterable[tuple[str, int]], style: Style, sizes: Sequence[int]
) -> int:
    """Return the largest size at which each text is within its width in pixels, else the last."""
    lengths = [(shape_line(text, style), room) for text, room in texts]
    fitting = (size for size in sizes if all(line.width(size) <= room for line, room in lengths))
    return next(fitting, sizes[-1])


def _block(lines: Sequence[str], style: Style, size: int) -> Block:
    return Block(tuple(shape_line(line, style) for line in lines), size)


def _words(text: str, style: Style) -> Iterator[_Word]:
    """Yield what a line may be broken between: words, and characters of scripts without spaces."""
    for word in text.split():
        wide = east_asian_width(word[0]) in "WF"
        parts = [cluster.text for cluster in split_graphemes(word, style)] if wide else [word]
        for index, part in enumerate(parts):
            yield _Word(part, index == 0, shape_line(part, style).advance)


def _lines(words: Sequence[_Word], limit: float, style: Style) -> list[str]:
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


def _even(words: Sequence[_Word], limit: float, style: Style) -> list[str]:
    """Return as many lines as fill the limit, broken where the longest of them is shortest."""
    lines = _lines(words, limit, style)
    too_narrow, enough = limit / 3, limit
    for _ in range(_BISECTIONS if len(lines) > 1 else 0):
        middle = (too_narrow + enough) / 2
        narrower = _lines(words, middle, style)
        if len(narrower) > len(lines) or any(word.advance > middle for word in words):
            too_narrow = middle
        else:
            enough, lines = middle, narrower
    return lines


def _cut(words: Sequence[_Word], limit: float, max_lines: int, style: Style) -> list[str]:
    """Return lines within the limit, words broken where they are longer, the last one cut."""
    lines = _lines([part for word in words for part in _pieces(word, limit, style)], limit, style)
    if len(lines) <= max_lines:
        return lines
    return [*lines[: max_lines - 1], _ended(lines[max_lines - 1], limit, style)]


def _ended(line: str, limit: float, style: Style) -> str:
    """Return a line with "…" within the limit, cut at a word where there is one in its end."""
    parts = [cluster.text for cluster in split_graphemes(line, style)]
    room = len(parts)
    while room and shape_line("".join(parts[:room]) + ELLIPSIS, style).advance > limit:
        room -= 1
    space = max((i for i in range(room // 2, room) if parts[i] == " "), default=room)
    end = room if room == len(parts) else space
    return "".join(parts[:end]).rstrip(_DANGLING) + ELLIPSIS


def _pieces(word: _Word, limit: float, style: Style) -> list[_Word]:
    """Return a word, as its single characters where it is longer than a line."""
    if word.advance <= limit:
        return [word]
    parts = (cluster.text for cluster in split_graphemes(word.text, style))
    return [
        _Word(part, word.space_before and index == 0, shape_line(part, style).advance)
        for index, part in enumerate(parts)
    ]
