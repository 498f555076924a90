"""Untrusted text, made fit for one line of a preview."""

import re
from typing import NamedTuple
from unicodedata import combining

from handler.domain.invisible import strip_invisible

ELLIPSIS = "…"

# The longest real description has 2,193 characters. Renderers of Markdown take quadratic time.
MAX_DESCRIPTION_CHARACTERS = 4_000
# Raise it with each change of what the renderer returns: stored descriptions are rendered once.
RENDERING = 1

_ZERO_WIDTH_JOINER = "\u200d"
_EXTENDERS = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3") | {
    chr(tone) for tone in range(0x1F3FB, 0x1F400)
}
# Three lower-case letters or digits have to precede it: "U.S." and "vs." end no sentence.
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]{3}[.!?]) (?=[A-Z])")
_MIN_SENTENCE_SHARE = 0.6
_TRAILING = " ,;:·•-–—(["
# Words that leave a phrase open, so that nothing should end with them.
_OPEN_WORD = re.compile(
    r"""
    # articles and determiners
    an? | the | all | both | each | either | every | its | our | some | such | their | your
    | that | these | this | those | which | whose | more | most
    # prepositions
    | about | across | after | against | along | among | around | as | at | before | between | by
    | during | for | from | in | including | into | like | of | on | onto | over | per | since
   | than | through | to | towards? | under | up | upon | using | via | with | within | without
    # conjunctions
    | and | although | because | but | how | if | nor | or | so | unless | until | when | where
    | whether | while | who
    # auxiliaries and subjects
    | are | be | been | being | can | could | do | does | had | has | have | is | may | might | must
    | not | should | was | were | will | would | it | they | we
    """,
    re.VERBOSE,
)
_LIST_NUMBER = re.compile(r"\d{1,9}[.)]")
_CLOSED = re.compile(r"[a-z0-9)]{3}[.!?]$")
# Characters with a meaning inside a line in CommonMark or GitHub's extensions, including those of
# URLs and formulas. A dollar before a digit, as in a price, opens no formula.
_STRUCTURE = re.compile(r"[\\`*_{}\[\]<>|~#!&@^=]|\$(?!\d)|:(?=//)|(?i:(?<=www))\.")
# The start of a list, a rule or an underline at the start of a block.
_BLOCK_START = re.compile(r"^(\d{0,9})([-+]|(?<=\d)[.)](?= |$))")


class RenderedDescription(NamedTuple):
    """A description rendered from Markdown.

    `lead` is plain text on one line, for metadata. `html` is sanitized and needs no escaping.
    """

    lead: str
    html: str


def collapse_whitespace(text: str) -> str:
    """Return the visible text with each run of white space replaced by one space."""
    return " ".join(strip_invisible(text).split())


def truncate(text: str, characters: int, utf8_bytes: int) -> str:
    """Return the text within both limits: longer text is cut at a word and ends with "…"."""
    if _within(text, characters, utf8_bytes):
        return text
    room = _longest_prefix(text, characters - 1, utf8_bytes - len(ELLIPSIS.encode()))
    space = text.rfind(" ", 0, room + 1)
    end = space if space >= max(1, room // 2) else _character_boundary(text, room)
    return text[:end].rstrip(_TRAILING) + ELLIPSIS


def truncate_at_phrase(text: str, characters: int, utf8_bytes: int) -> str:
    """Return the text within both limits: longer text ends at a word that can end a phrase."""
    if _within(text, characters, utf8_bytes):
        return text
    return _close_phrase(truncate(text, characters, utf8_bytes))


def truncate_at_sentence(text: str, characters: int, utf8_bytes: int) -> str:
    """Return the text within both limits, cut after its last whole sentence.

    Where that sentence ends early, and where upstream cut the text, it ends as by
    `truncate_at_phrase`.
    """
    cut = truncate(text, characters, utf8_bytes)
    ends = [end.start() for end in _SENTENCE_END.finditer(cut)] if cut != text else []
    if ends and ends[-1] >= _MIN_SENTENCE_SHARE * len(cut):
        return cut[: ends[-1]]
    return _close_phrase(cut)


def escape_markdown(text: str) -> str:
    """Return the text on one line, escaped so that Markdown renders it literally."""
    line = _STRUCTURE.sub(lambda match: f"\\{match[0]}", collapse_whitespace(text))
    return _BLOCK_START.sub(lambda match: f"{match[1]}\\{match[2]}", line)


def _close_phrase(text: str) -> str:
    """Return a text that ends with "…" without the words before it that leave a phrase open."""
    if not text.endswith(ELLIPSIS):
        return text
    words = text[:-1].split(" ")
    while len(words) > 1 and _leaves_open(words[-1]):
        words.pop()
    closed = " ".join(words).rstrip(_TRAILING)
    return closed if _CLOSED.search(closed) else closed + ELLIPSIS


def _leaves_open(word: str) -> bool:
    bare = word.strip("\"'“”‘’()[],;:·•-–—").lower()
    patterns = (_OPEN_WORD.fullmatch(bare), _LIST_NUMBER.fullmatch(word))
    return not bare or any(patterns)


def _within(text: str, characters: int, utf8_bytes: int) -> bool:
    return len(text) <= characters and len(text.encode()) <= utf8_bytes


def _longest_prefix(text: str, characters: int, utf8_bytes: int) -> int:
    clipped = text[:characters].encode()[:utf8_bytes].decode(errors="ignore")
    return len(clipped)


def _character_boundary(text: str, index: int) -> int:
    """Return the last index, `index` at most, that is not inside a grapheme."""
    while index > 0 and _continues(text, index):
        index -= 1
    return index


def _continues(text: str, index: int) -> bool:
    following = text[index]
    return (
        following in _EXTENDERS
        or combining(following) != 0
        or text[index - 1] == _ZERO_WIDTH_JOINER
    )
