"""The documents of the repository as readers see them: headings, links, code and commands."""

import io
import re
from contextlib import redirect_stdout, suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.support.constants import PROJECT

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a|source)[^>]*?\b(?:src|srcset|href)=\"([^\"]+)\"")
_OPTION = re.compile(r"--[a-z][a-z-]*")


def document_names() -> list[str]:
    """Return the paths of all documents for people, below the project's folder."""
    places = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    places += (PROJECT / ".github").rglob("*.md")
    return sorted(path.relative_to(PROJECT).as_posix() for path in places)


def read(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def links(text: str) -> list[str]:
    """Return the targets of links and images in Markdown or HTML, code left out."""
    prose = _CODE_SPAN.sub("", _FENCE.sub("", text))
    return [markdown or html for markdown, html in _LINK.findall(prose)]


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    counts = [slugs[:place].count(slug) for place, slug in enumerate(slugs)]
    return {f"{slug}-{count}" if count else slug for slug, count in zip(slugs, counts, strict=True)}


def code(text: str) -> list[str]:
    """Return the spans of code and the lines of code blocks, continued lines joined."""
    blocks = "\n".join(_FENCE.findall(text)).replace("\\\n", " ")
    return [*_CODE_SPAN.findall(_FENCE.sub("", text)), *blocks.splitlines()]


def launcher_calls(text: str) -> list[tuple[str, set[str]]]:
    """Return the commands `scripts/NAME` that a document shows, with the options given to each.

    Options after ` -- ` are those of another program.
    """
    calls = []
    for line in code(text):
        for call in re.split(r"&&|\|\||;", line):
            if found := re.match(r"\s*\$?\s*(?:[A-Z_]+=\S+ )*scripts/([a-z-]+)(?= |$)(.*)", call):
                name, arguments = found.groups()
                calls.append((name, set(_OPTION.findall(arguments.split(" -- ")[0]))))
    return calls


@cache
def offered_options(launcher: str) -> frozenset[str]:
    """Return the options in the help of `scripts/NAME`."""
    module = import_module(f"scripts.commands.{launcher.replace('-', '_')}")
    output = io.StringIO()
    with redirect_stdout(output), suppress(SystemExit):
        module.main(["--help"])
    return frozenset(_OPTION.findall(output.getvalue()))


def resolve(document: str, target: str) -> tuple[Path, str]:
    """Return the file and the anchor that a relative link of a document leads to."""
    path, _, anchor = target.partition("#")
    return ((PROJECT / document).parent / path if path else PROJECT / document).resolve(), anchor
