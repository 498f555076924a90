"""Composition root of the refresh side: sources, repository and renderer, built from settings."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from handler.adapters.arena import LEADERBOARD_URL, ArenaLeaderboard
from handler.adapters.http.retry import RetryPolicy
from handler.adapters.markdown import MarkdownItRenderer
from handler.adapters.network import DIRECT, Network
from handler.adapters.openrouter.endpoints import ENDPOINTS_PATH, OpenRouterEndpoints
from handler.adapters.openrouter.models import API_URL, LIST_PATH, OpenRouterModelList
from handler.adapters.openrouter.rankings import RANKINGS_PATH, OpenRouterRankings
from handler.adapters.ssm import read_secure_string
from handler.adapters.storage.fallback import FallbackStore
from handler.adapters.storage.file_archive import FileArchive
from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Archive, Boto3Store, s3_client
from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Location
from handler.bootstrap.memory_limits import batch_limits, retry_policy, snapshot_limits
from handler.domain.catalog.feed_authority import new_authority
from handler.domain.errors import SettingsError, SourceError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from handler.ports import (
    DatasetSource,
    EndpointSource,
    MarkdownRenderer,
    ModelListSource,
    SnapshotStore,
)
from handler.services.refresh import run_scheduled_refresh
from handler.services.refresh_result import RefreshResult
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources
from handler.settings import Settings, parse_api_key


def build_scheduled_refresh(
    environment: Mapping[str, str] = os.environ, *, start_over: bool = False
) -> partial[RefreshResult]:
    """Return `run_scheduled_refresh` of the configured store, without `as_of` and `progress`."""
    settings = Settings.from_env(environment)
    repository = snapshot_repository(settings)
    if start_over:
        repository.start_over()
    return partial(
        run_scheduled_refresh,
        live_sources(settings),
        repository,
        markdown_renderer(),
        sanity_limits=SanityLimits(**settings.sanity_limits),
    )


def snapshot_repository(settings: Settings, network: Network = DIRECT) -> SnapshotRepository:
    """Return the repository of the configured store, with an archive beside the snapshot."""
    authority = new_authority(settings.site_url, datetime.now(UTC).date())
    if not settings.is_s3:
        return local_snapshot_repository(Path(settings.store), authority)
    location = S3Location.parse(settings.store, settings.aws_region, settings.s3_endpoint_url)
    client = s3_client(location, network)
    store = FallbackStore(
        Boto3Store(location, client), Boto3Store(location.sibling(OLDER_OBJECT_NAME), client)
    )
    return SnapshotRepository(
        store,
        Boto3Archive(location, client),
        time.sleep,
        _new_run_id,
        snapshot_limits(settings),
        authority,
    )


def local_snapshot_repository(folder: Path, authority: str = "") -> SnapshotRepository:
    """Return the repository of a folder, with an archive in it.

    `authority` is that of the feeds of a first snapshot.
    """
    archive = FileArchive(folder / ARCHIVE_FOLDER)
    return SnapshotRepository(
        local_store(folder), archive, time.sleep, _new_run_id, new_authority=authority
    )


def local_store(folder: Path) -> SnapshotStore:
    """Return the snapshot of a folder, whichever name it has."""
    return FallbackStore(FileStore(folder), FileStore(folder, OLDER_OBJECT_NAME))


def live_sources(
    settings: Settings, read_secret: Callable[[str], str] | None = None, network: Network = DIRECT
) -> Sources:
    """Return the sources at OpenRouter and Arena that the settings turn on."""
    api = settings.openrouter_url or API_URL
    arena_url = LEADERBOARD_URL if settings.arena_url is None else settings.arena_url
    policy = retry_policy(settings, total_seconds=30.0)
    return Sources(
        models=model_list_source(f"{api}{LIST_PATH}", settings, network),
        endpoints=_endpoint_source(f"{api}{ENDPOINTS_PATH}", settings, network),
        arena=ArenaLeaderboard(arena_url, policy, network) if arena_url else None,
        usage=_usage_source(
            f"{api}{RANKINGS_PATH}",
            policy,
            settings,
            read_secret or partial(read_secure_string, network=network),
            network,
        ),
    )


def model_list_source(url: str, settings: Settings, network: Network = DIRECT) -> ModelListSource:
    """Return the list of models at a URL."""
    policy = retry_policy(settings, total_seconds=60.0)
    return OpenRouterModelList(url, policy, settings.openrouter_api_key, network)


def _usage_source(
    url: str,
    policy: RetryPolicy,
    settings: Settings,
    read_secret: Callable[[str], str],
    network: Network,
) -> DatasetSource | None:
    key, name = settings.openrouter_api_key, settings.openrouter_api_key_name
    if key:
        return OpenRouterRankings(url, policy, lambda: key, network)
    if name:
        return OpenRouterRankings(url, policy, lambda: _read_api_key(name, read_secret), network)
    return None


def _read_api_key(name: str, read_secret: Callable[[str], str]) -> str:
    """Return the key in a parameter. Raises SourceError: only usage fails without it."""
    try:
        key = parse_api_key(read_secret(name), f"the SSM parameter {name}")
    except SettingsError as error:
        raise SourceError(str(error)) from error
    if not key:
        raise SourceError(f"the SSM parameter {name} is empty")
    return key


def _endpoint_source(url: str, settings: Settings, network: Network) -> EndpointSource | None:
    rate = settings.endpoint_requests_per_second
    if not rate:
        return None
    limits = batch_limits(settings, rate)
    return OpenRouterEndpoints(url, limits, settings.openrouter_api_key, network)


def markdown_renderer() -> MarkdownRenderer:
    """Return the renderer of Markdown descriptions."""
    return MarkdownItRenderer("https://openrouter.ai/")


def _new_run_id() -> str:
    return uuid4().hex
