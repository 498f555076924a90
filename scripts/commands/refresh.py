"""Refreshes a catalog by hand: fetches OpenRouter's list, or reads a stored copy, into a store."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from handler import bootstrap
from handler.adapters.openrouter import LIST_URL, StoredList
from handler.domain.errors import BurgeeError
from handler.domain.gates import Gates
from handler.ports import CatalogSource
from handler.services.refreshing import Refreshed
from handler.settings import Settings, settings_from
from scripts.commands.local import DEFAULT_STORE, STORED_LABEL, moment, observed_at, refresh

_NAMES_SHOWN = 8


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 where the store holds what was found, 1 where it stayed."""
    options = _parsed(arguments)
    try:
        source, as_of = _source(options)
        store = bootstrap.snapshot_store(_settings(options.store))
        gates = None if options.force else Gates()
        found = refresh(source, store, as_of, gates, _progress)
    except (BurgeeError, OSError) as error:
        print(f"Nothing was changed in {options.store}: {error}", file=sys.stderr)
        return 1
    print("\n".join(summary(found, options.store)))
    return 0


def summary(found: Refreshed, store: str) -> list[str]:
    """Return the lines that say what a refresh found."""
    lines = [f"{found.label}, as of {found.as_of:%Y-%m-%d %H:%M} UTC: {found.models} models"]
    for name in ("added", "gone", "changed", "set_aside"):
        items: tuple[str, ...] = getattr(found, name)
        if items:
            more = f" and {len(items) - _NAMES_SHOWN} more" if len(items) > _NAMES_SHOWN else ""
            listed = ", ".join(items[:_NAMES_SHOWN])
            lines.append(f"  {name.replace('_', ' ')} {len(items)}: {listed}{more}")
    if found.written:
        return [*lines, f"Written to {store}."]
    return [*lines, f"Not written: {store} holds a later observation. --force replaces it."]


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/refresh", description=__doc__)
    parser.add_argument(
        "--from", dest="source", default=LIST_URL, metavar="URL|FILE",
        help="the list of models, served or stored (default: OpenRouter's own)",
    )  # fmt: skip
    parser.add_argument(
        "--store", default=str(DEFAULT_STORE), metavar="DIR|s3://BUCKET/PREFIX",
        help="where the snapshot is kept (default: what scripts/serve uses)",
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=moment, metavar="TIME",
        help="when upstream said so, in ISO 8601 (default: now, or as the file's name says)",
    )  # fmt: skip
    parser.add_argument(
        "--force", action="store_true",
        help="replace the stored catalog whatever the new one has lost, and however old it is",
    )  # fmt: skip
    return parser.parse_args(arguments)


def _source(options: argparse.Namespace) -> tuple[CatalogSource, datetime]:
    if options.source.startswith(("http://", "https://")):
        settings = replace(_settings(options.store), list_url=options.source)
        return bootstrap.catalog_source(settings), options.as_of or datetime.now(UTC)
    path = Path(options.source)
    return StoredList(path, STORED_LABEL), options.as_of or observed_at(path)


def _settings(store: str) -> Settings:
    return settings_from({**os.environ, "BURGEE_STORE": store})


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        print(f"… {step}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
