"""Text from strangers inside Markdown that we write: it stays text."""

import re

from handler.domain.text import one_line

# What CommonMark or GitHub's extensions take for structure inside a line, addresses among them.
_STRUCTURE = re.compile(r"[\\`*_{}\[\]<>|~#!$&@^=]|:(?=//)|(?i:(?<=www))\.")
# What begins a list, a rule or an underline where a block begins.
_BEGINNING = re.compile(r"^(?:[-+]|\d{1,9}(?=[.)]))")


def escaped(text: str) -> str:
    """Return a text on one line, so that Markdown shows it and makes nothing of it."""
    line = _STRUCTURE.sub(lambda found: f"\\{found[0]}", one_line(text))
    return _BEGINNING.sub(_escaped_beginning, line)


def _escaped_beginning(found: re.Match[str]) -> str:
    # A digit cannot be escaped: a joiner that is not seen stands behind it instead.
    return f"\\{found[0]}" if not found[0].isdigit() else f"{found[0]}\u2060"
