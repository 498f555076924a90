"""Refreshes a catalog by hand, from every source or from the named ones."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path

from handler.adapters.arena import LeaderboardFile
from handler.adapters.network import Network
from handler.adapters.openrouter.endpoints import EndpointsFile
from handler.adapters.openrouter.models import ModelListFile
from handler.bootstrap.refresh import (
    live_sources,
    markdown_renderer,
    model_list_source,
    snapshot_repository,
)
from handler.domain.catalog.coverage import Coverage
from handler.domain.errors import BurgeeError, SettingsError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.ports import ModelListSource
from handler.services.refresh import enrich_catalog, refresh_catalog
from handler.services.refresh_result import RefreshResult
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources
from handler.settings import Settings
from scripts.aws.deployment import add_session_options
from scripts.aws.stacks import AwsError, use_session
from scripts.lib.command_line import create_parser, run
from scripts.lib.list_files import STORED_LABEL, check_past, observed_at, parse_time
from scripts.lib.network import network_from_env
from scripts.lib.paths import default_store
from scripts.lib.refresh_report import explain_arena, format_result
from scripts.lib.terminal import print_progress
from scripts.lib.urls import parse_url


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if the refresh succeeded, 1 if the store was left unchanged.

    Raises SettingsError.
    """
    options = _parse_arguments(arguments)
    try:
        network = network_from_env()
        settings = Settings.from_env(_environment(options))
        repository = snapshot_repository(settings, network)
        if options.start_over:
            repository.start_over()
        result = _refresh(options, settings, repository, network)
        print("\n".join(format_result(result, options.store)))
        if options.explain_arena:
            print("\n".join(explain_arena(repository.load())))
    except SettingsError:
        raise
    except (BurgeeError, OSError, *AwsError) as error:
        print(f"Nothing was changed in {options.store}: {error}", file=sys.stderr)
        return 1
    return 0


def _refresh(
    options: argparse.Namespace,
    settings: Settings,
    repository: SnapshotRepository,
    network: Network,
) -> RefreshResult:
    sources, time = _select_sources(options, settings, network), _list_time(options)
    if _has_files_alone(options):
        return enrich_catalog(sources, repository, time, print_progress)
    limits = None if options.force else _sanity_limits(options, settings)
    return refresh_catalog(sources, repository, markdown_renderer(), time, limits, print_progress)


def _has_files_alone(options: argparse.Namespace) -> bool:
    """Return whether only sources besides the list are named: nothing is fetched then."""
    return not options.source and bool(options.arena or options.endpoints)


def _sanity_limits(options: argparse.Namespace, settings: Settings) -> SanityLimits:
    """Return the limits: lists that are given by hand may add a year of models in one day."""
    limits = SanityLimits(**settings.sanity_limits)
    return replace(limits, max_new_models_per_day=inf) if options.source else limits


def _environment(options: argparse.Namespace) -> dict[str, str]:
    environment = {**os.environ, "BURGEE_STORE": options.store}
    if not options.store.startswith("s3://"):
        return environment
    return environment | {"AWS_REGION": use_session(options.region, options.profile)}


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("refresh", __doc__)
    parser.add_argument(
        "--from",
        dest="source",
        type=_parse_source,
        metavar="URL|FILE",
        help="read the model list from here. Only sources with an option are used, if one has; "
        "without --from, their data is added to the stored models, and nothing is fetched",
    )
    parser.add_argument(
        "--covers",
        default="text",
        metavar="all|MODALITY,...",
        help="output modalities that a stored list covers (default: text, like OpenRouter's list "
        "without a query). Models that it does not cover are not withdrawn",
    )
    parser.add_argument("--arena", type=Path, metavar="FILE", help="a stored leaderboard")
    parser.add_argument(
        "--endpoints", type=Path, metavar="FILE", help="stored endpoint responses, by model id"
    )
    parser.add_argument(
        "--store",
        default=default_store(),
        metavar="DIR|s3://BUCKET/PREFIX",
        help="where the snapshot is stored (default: BURGEE_STORE, else .burgee/store)",
    )
    parser.add_argument(
        "--as-of",
        type=parse_time,
        metavar="TIME",
        help="when the list was served, in ISO 8601 (default: the time in the file's name, or "
        "now). A list that is older than the snapshot only adds to the history",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="accept the list without sanity checks of lost models and changed prices",
    )
    parser.add_argument(
        "--start-over",
        action="store_true",
        help="begin a new history where the stored snapshot was deleted",
    )
    parser.add_argument(
        "--explain-arena",
        action="store_true",
        help="list which leaderboard names were matched to which models, and why others were not",
    )
    add_session_options(parser)
    return parser.parse_args(arguments)


def _select_sources(options: argparse.Namespace, settings: Settings, network: Network) -> Sources:
    sources = live_sources(settings, network=network)
    if options.source:
        sources = Sources(_list_source(options, settings, network))
    elif _has_files_alone(options):
        sources = Sources(sources.models)
    if options.arena:
        sources = replace(sources, arena=LeaderboardFile(options.arena))
    if options.endpoints:
        endpoints = EndpointsFile(options.endpoints, observed_at(options.endpoints))
        sources = replace(sources, endpoints=endpoints)
    return sources


def _list_source(
    options: argparse.Namespace, settings: Settings, network: Network
) -> ModelListSource:
    if _is_url(options.source):
        return model_list_source(options.source, settings, network)
    return ModelListFile(Path(options.source), STORED_LABEL, Coverage.parse(options.covers))


def _list_time(options: argparse.Namespace) -> datetime:
    """Return when the list was served: as given, else now, else the time of the file."""
    now = datetime.now(UTC)
    if options.as_of:
        return check_past(options.as_of, now, "--as-of")
    if not options.source or _is_url(options.source):
        return now
    return observed_at(Path(options.source))


def _parse_source(text: str) -> str:
    return parse_url(text) if _is_url(text) else text


def _is_url(source: str) -> bool:
    return source.startswith(("http://", "https://"))


if __name__ == "__main__":
    run(main)
