"""Refreshes the store of a local server at intervals, as the schedule does on AWS."""

import threading
from datetime import UTC, datetime

from handler.adapters.network import Network
from handler.bootstrap.refresh import live_sources, markdown_renderer, snapshot_repository
from handler.domain.catalog.provenance import LIST
from handler.domain.errors import BurgeeError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import refresh_catalog
from handler.services.refresh_result import RefreshResult
from handler.settings import Settings
from scripts.sample_data.load import SAMPLE_LABEL

REFRESH_SECONDS = 15 * 60
_MAX_WARNINGS = 3


def start_background_refresh(settings: Settings, network: Network) -> None:
    """Start a daemon thread that refreshes the store, now and every 15 minutes."""
    print("Refreshing from the network in the background (up to two minutes) ...", flush=True)
    threading.Thread(target=_refresh_forever, args=(settings, network), daemon=True).start()


def _refresh_forever(settings: Settings, network: Network) -> None:
    pause = threading.Event()
    while True:
        try:
            print(_format_result(_refresh_once(settings, network)), flush=True)
        except BurgeeError as error:
            print(f"Refresh failed, serving the stored catalog: {error}", flush=True)
        pause.wait(REFRESH_SECONDS)


def _refresh_once(settings: Settings, network: Network) -> RefreshResult:
    repository = snapshot_repository(settings, network)
    # The sample is as old as this checkout, so today's list may differ from it without limit.
    is_sample = repository.load().sources[LIST].label.startswith(SAMPLE_LABEL)
    limits = None if is_sample else SanityLimits(**settings.sanity_limits)
    sources, now = live_sources(settings, network=network), datetime.now(UTC)
    return refresh_catalog(
        sources, repository, markdown_renderer(), now, limits, lambda _step: None
    )


def _format_result(result: RefreshResult) -> str:
    changes = result.changes
    summary = (
        f"Refreshed from the network: {len(changes.added)} added, "
        f"{len(changes.withdrawn)} withdrawn, {len(changes.returned)} returned, "
        f"{len(changes.changed)} changed. Pages follow within a minute."
    )
    return "\n".join([summary, *(f"  warning: {w}" for w in result.warnings[:_MAX_WARNINGS])])
