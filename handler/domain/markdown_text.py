"""Text from strangers inside Markdown that we write: it stays text."""

import re

from handler.domain.text import collapse_whitespace

# What CommonMark or GitHub's extensions take for structure inside a line, addresses and formulas
# among them. A dollar before a digit opens no formula that a price could close.
_STRUCTURE = re.compile(r"[\\`*_{}\[\]<>|~#!&@^=]|\$(?!\d)|:(?=//)|(?i:(?<=www))\.")
# What begins a list, a rule or an underline where a block begins.
_BEGINNING = re.compile(r"^(\d{0,9})([-+]|(?<=\d)[.)](?= |$))")


def escape_markdown(text: str) -> str:
    """Return a text on one line, so that Markdown shows it and makes nothing of it."""
    line = _STRUCTURE.sub(lambda found: f"\\{found[0]}", collapse_whitespace(text))
    return _BEGINNING.sub(lambda found: f"{found[1]}\\{found[2]}", line)
