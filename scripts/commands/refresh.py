"""Refreshes a catalog by hand: from every source, or from those that are named."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from handler.adapters.arena import LeaderboardFile
from handler.adapters.openrouter.endpoints import EndpointsFile
from handler.adapters.openrouter.models import ModelListFile
from handler.bootstrap.refresh import (
    live_sources,
    markdown_renderer,
    model_list_source,
    snapshot_repository,
)
from handler.domain.arena.matches import match_leaderboard
from handler.domain.arena.report import explain_matches
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.diff import CatalogDiff
from handler.domain.errors import BurgeeError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.ports import ModelListSource
from handler.services.refresh import RefreshResult, Sources, refresh_catalog
from handler.settings import Settings
from scripts.lib.paths import DEFAULT_STORE, STORED_LABEL, moment, observed_at

_ITEMS_SHOWN = 8


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 where the store holds what was found, 1 where it stayed."""
    options = _parsed(arguments)
    try:
        settings = Settings.from_env({**os.environ, "BURGEE_STORE": options.store})
        keeper = snapshot_repository(settings)
        found = refresh_catalog(
            _sources(options, settings),
            keeper,
            markdown_renderer(),
            _as_of(options),
            None if options.force else SanityLimits(**settings.sanity_limits),
            _progress,
        )
        print("\n".join(summary(found, options.store)))
        if options.explain_arena:
            print("\n".join(_explained(keeper.load())))
    except (BurgeeError, OSError) as error:
        print(f"Nothing was changed in {options.store}: {error}", file=sys.stderr)
        return 1
    return 0


def summary(found: RefreshResult, store: str) -> list[str]:
    """Return the lines that say what a refresh found."""
    lines = [f"{found.label}, as of {found.as_of:%Y-%m-%d %H:%M} UTC: {found.models} models"]
    items = {name: getattr(found.changes, name) for name in CatalogDiff._fields}
    items |= {"set aside": found.skipped_records, "went wrong": found.warnings}
    lines += [_line(name, sentences) for name, sentences in items.items() if sentences]
    if found.changed:
        return [*lines, f"Written to {store}."]
    return [*lines, f"Not written: {store} knew all of it."]


def _line(name: str, items: Sequence[str]) -> str:
    more = f" and {len(items) - _ITEMS_SHOWN} more" if len(items) > _ITEMS_SHOWN else ""
    return f"  {name} {len(items)}: {', '.join(items[:_ITEMS_SHOWN])}{more}"


def _explained(contents: CatalogData) -> Iterator[str]:
    if contents.leaderboard is None:
        yield "No leaderboard is known: --arena FILE reads a stored one."
        return
    models = [profile.model for profile in contents.profiles]
    yield from explain_matches(match_leaderboard(contents.leaderboard, models))


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/refresh", description=__doc__)
    parser.add_argument(
        "--from",
        dest="source",
        metavar="URL|FILE",
        help="the list of models, served or stored; no other source is then asked that is not "
        "named (default: OpenRouter's own list, and every source)",
    )
    parser.add_argument(
        "--covers",
        default="text",
        metavar="all|MODALITY,...",
        help="what a stored list was asked for: models that make one of these (default: text, as "
        "OpenRouter without a query). What it does not cover, it does not withdraw",
    )
    parser.add_argument("--arena", type=Path, metavar="FILE", help="a stored leaderboard")
    parser.add_argument(
        "--details", type=Path, metavar="FILE", help="stored answers of the endpoints call, by id"
    )
    parser.add_argument(
        "--store",
        default=str(DEFAULT_STORE),
        metavar="DIR|s3://BUCKET/PREFIX",
        help="where the snapshot is kept (default: what scripts/serve uses)",
    )
    parser.add_argument(
        "--as-of",
        type=moment,
        metavar="TIME",
        help="when the list was served, in ISO 8601 (default: now, or as the file's name says). "
        "One that is older than what is stored adds to the past alone",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="merge the list whatever it has lost and however its prices have changed",
    )
    parser.add_argument(
        "--explain-arena",
        action="store_true",
        help="say which leaderboard name means which model, and why others mean none",
    )
    return parser.parse_args(arguments)


def _sources(options: argparse.Namespace, settings: Settings) -> Sources:
    served = live_sources(settings)
    sources = served
    if options.source:
        sources = Sources(_list_source(options, settings))
    if options.arena:
        sources = replace(sources, arena=LeaderboardFile(options.arena))
    if options.details:
        details = EndpointsFile(options.details, observed_at(options.details))
        sources = replace(sources, endpoints=details)
    return sources


def _list_source(options: argparse.Namespace, settings: Settings) -> ModelListSource:
    if _is_url(options.source):
        return model_list_source(options.source, settings)
    return ModelListFile(Path(options.source), STORED_LABEL, Coverage.parse(options.covers))


def _as_of(options: argparse.Namespace) -> datetime:
    if options.as_of or not options.source or _is_url(options.source):
        return options.as_of or datetime.now(UTC)
    return observed_at(Path(options.source))


def _is_url(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        print(f"… {step}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
