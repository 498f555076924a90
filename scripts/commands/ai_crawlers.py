"""Writes the names of AI crawlers for robots.txt, from the pinned package ai-crawler-index."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from scripts.lib.command_line import create_parser, run
from scripts.lib.paths import ROOT

PATH = ROOT / "handler" / "domain" / "previews" / "crawlers" / "ai_crawlers.py"

# The kinds of ROBOTS_LLM, with the categories of the index.
_CATEGORIES = {
    "training": ("ai-training", "dataset"),
    "search": ("ai-search",),
    "user": ("user-fetch",),
}
_NAME = re.compile(r"[A-Za-z][\w.-]*( [\w.-]+)*", re.ASCII)

_MODULE = '''"""The names of AI crawlers in robots.txt, by the kinds of `ROBOTS_LLM`.

Generated from ai-crawler-index {version} (its data: CC0 1.0) by `scripts/ai-crawlers`; a test keeps
it up to date.
"""

AI_CRAWLERS: dict[str, tuple[str, ...]] = {{
{kinds}}}
"""`training` collects pages for training and for data sets, `search` builds the index from which
assistants answer, `user` fetches a page because a person asked for it."""
'''


class CrawlerIndex(NamedTuple):
    """The data of ai-crawler-index: a version, and a record for each crawler."""

    version: str
    crawlers: Sequence[Mapping[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """Write the module, and return the exit status."""
    create_parser("ai-crawlers", __doc__).parse_args(arguments)
    index = read_index()
    try:
        PATH.write_text(build_module(index), encoding="utf-8")
    except ValueError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 1
    print(f"Crawlers of ai-crawler-index {index.version}, written to {PATH.relative_to(ROOT)}")
    return 0


def read_index() -> CrawlerIndex:
    """Return the data of the installed package."""
    text = files("ai_crawler_index").joinpath("data.json").read_text("utf-8")
    data = json.loads(text)
    return CrawlerIndex(data["version"], data["crawlers"])


def build_module(index: CrawlerIndex) -> str:
    """Return the module's text. Raises ValueError for a name that robots.txt cannot have."""
    kinds = "".join(
        f'    "{kind}": (\n{_format_names(_names(index.crawlers, categories))}    ),\n'
        for kind, categories in _CATEGORIES.items()
    )
    return _MODULE.format(version=index.version, kinds=kinds)


def _names(crawlers: Iterable[Mapping[str, Any]], categories: Sequence[str]) -> list[str]:
    """Return the names of some categories, each once and sorted, without those of previews."""
    named = [(crawler["category"], crawler["robots_token"]) for crawler in crawlers]
    previews = {name for category, name in named if category == "preview"}
    names = {name for category, name in named if category in categories} - previews
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name that a line of robots.txt can have")
    return sorted(names, key=str.lower)


def _format_names(names: Iterable[str]) -> str:
    return "".join(f'        "{name}",\n' for name in names)


if __name__ == "__main__":
    run(main)
