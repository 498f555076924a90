"""A page as somebody reads it who sees no styles: a line for each thing that is said."""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"h1", "h2", "h3", "p", "li", "dt", "dd", "caption", "tr", "summary", "pre", "div", "main"}
)
_CELLS = frozenset({"td", "th"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line = ""
        self._in_main = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._in_main = True
        if tag in _BLOCKS:
            self._end_line()
        elif tag in _CELLS and self._line.strip():
            self._line += " | "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if tag == "main":
            self._in_main = False

    def handle_data(self, data: str) -> None:
        if self._in_main:
            self._line += data

    def _end_line(self) -> None:
        line = " ".join(self._line.split())
        if line:
            self.lines.append(line)
        self._line = ""


def lines_of(html: str) -> list[str]:
    """Return what a page's main part says, in order; cells of a row stand between bars."""
    reader = _Reader()
    reader.feed(html)
    return reader.lines


def section(lines: list[str], first: str, after: str) -> list[str]:
    """Return the lines between two headings."""
    return lines[lines.index(first) + 1 : lines.index(after)]
