"""The one place that builds concrete things from the settings and hands them in."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Location, parse_s3_location
from handler.adapters.storage.s3_sigv4 import Credentials, SigV4Reader
from handler.ports import MarkdownRenderer, ModelListSource, SnapshotReader
from handler.services.catalog_cache import CachedCatalog
from handler.settings import Settings, settings_from

if TYPE_CHECKING:
    from handler.services.refresh import RefreshResult, Sources
    from handler.services.snapshot_repository import SnapshotRepository
    from handler.web.app import Application

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_S3 = "s3://"


def create_app_from_env(environment: Mapping[str, str] = os.environ) -> "Application":
    """Return the application that renders pages, as the environment says."""
    settings = settings_from(environment)
    reader = snapshot_reader(settings, environment)
    return create_app_for_store(
        reader,
        settings.site_url,
        explorer_url=settings.explorer_url,
        llm_allowed=settings.allow_ai_crawlers,
        contact_url=settings.contact_url,
    )


def create_app_for_store(
    reader: SnapshotReader,
    site_url: str | None,
    *,
    explorer_url: str = "/",
    llm_allowed: bool = True,
    contact_url: str | None = None,
) -> "Application":
    """Return the application that renders the pages of a stored snapshot.

    The snapshot is read at once where there is one, while what makes pages is imported: Lambda
    lends whole processors while a function starts, and the first request then waits for no one.
    """
    catalog = CachedCatalog(reader, time.monotonic)
    with _in_background(catalog.revalidate):
        from handler.web.app import create_app  # noqa: PLC0415 - while S3 answers

        return create_app(
            catalog,
            TEMPLATES,
            site_url,
            explorer_url=explorer_url,
            llm_allowed=llm_allowed,
            contact_url=contact_url,
        )


def build_scheduled_refresh(
    environment: Mapping[str, str] = os.environ,
) -> "partial[RefreshResult]":
    """Return the refresh of the configured store from every source, as it goes by schedule.

    It takes what is left of `refresh_catalog`: `as_of` and `progress`.
    """
    from handler.domain.ingest.sanity_checks import SanityLimits  # noqa: PLC0415 - pages never refresh
    from handler.services.refresh import run_scheduled_refresh  # noqa: PLC0415

    settings = settings_from(environment)
    return partial(
        run_scheduled_refresh,
        live_sources(settings),
        snapshot_repository(settings),
        markdown_renderer(),
        gates=SanityLimits(**settings.sanity_limits),
    )


def snapshot_repository(settings: Settings) -> "SnapshotRepository":
    """Return the keeper of the configured store, with an archive beside it."""
    from handler.services.snapshot_repository import SnapshotRepository  # noqa: PLC0415 - pages never write

    if not settings.store.startswith(_S3):
        return local_snapshot_repository(Path(settings.store))
    from handler.adapters.storage.s3_boto3 import (  # noqa: PLC0415 - slow, see s3_signed
        Boto3Archive,
        Boto3Store,
        s3_client,
    )

    address = _s3_location(settings)
    client = s3_client(address)
    return SnapshotRepository(
        Boto3Store(address, client), Boto3Archive(address, client), time.sleep, _new_run_id
    )


def local_snapshot_repository(folder: Path) -> "SnapshotRepository":
    """Return the keeper of a folder, with an archive in it."""
    from handler.adapters.storage.file_archive import FileArchive  # noqa: PLC0415 - pages never write
    from handler.services.snapshot_repository import SnapshotRepository  # noqa: PLC0415

    return SnapshotRepository(
        FileStore(folder), FileArchive(folder / ARCHIVE_FOLDER), time.sleep, _new_run_id
    )


def snapshot_reader(settings: Settings, environment: Mapping[str, str]) -> SnapshotReader:
    """Return the lightest reader of the configured store that the credentials allow."""
    if not settings.store.startswith(_S3):
        return FileStore(Path(settings.store))
    credentials = _plain_credentials(environment)
    if credentials:
        return SigV4Reader(_s3_location(settings), credentials, lambda: datetime.now(UTC))
    from handler.adapters.storage.s3_boto3 import Boto3Store, s3_client  # noqa: PLC0415 - slow, see s3_signed

    return Boto3Store(_s3_location(settings), s3_client(_s3_location(settings)))


def live_sources(settings: Settings) -> "Sources":
    """Return OpenRouter and Arena as they are served, in so far as they are to be asked."""
    from handler.adapters.arena import LEADERBOARD_URL, ArenaLeaderboard  # noqa: PLC0415 - pages
    from handler.adapters.http.retry import RetryPolicy  # noqa: PLC0415 - never import httpx
    from handler.adapters.http.rounds import Budget  # noqa: PLC0415
    from handler.adapters.openrouter.endpoints import ENDPOINTS_PATH, OpenRouterEndpoints  # noqa: PLC0415
    from handler.adapters.openrouter.models import API_URL, LIST_PATH  # noqa: PLC0415
    from handler.adapters.openrouter.rankings import RANKINGS_PATH, OpenRouterRankings  # noqa: PLC0415
    from handler.services.refresh import Sources  # noqa: PLC0415

    api, key = settings.openrouter_url or API_URL, settings.openrouter_api_key
    time_and_sleep = time.monotonic, time.sleep
    patience = RetryPolicy(total_seconds=30.0)
    arena_url = LEADERBOARD_URL if settings.arena_url is None else settings.arena_url
    budget = Budget(
        settings.endpoint_time_budget_seconds, per_second=settings.endpoint_requests_per_second
    )
    return Sources(
        models=model_list_source(f"{api}{LIST_PATH}", settings),
        endpoints=OpenRouterEndpoints(f"{api}{ENDPOINTS_PATH}", budget, *time_and_sleep, key)
        if settings.endpoint_requests_per_second
        else None,
        arena=ArenaLeaderboard(arena_url, patience, *time_and_sleep) if arena_url else None,
        usage=OpenRouterRankings(f"{api}{RANKINGS_PATH}", patience, *time_and_sleep, key)
        if key
        else None,
    )


def model_list_source(url: str, settings: Settings) -> ModelListSource:
    """Return the list of models at a URL."""
    from handler.adapters.http.retry import RetryPolicy  # noqa: PLC0415 - pages never import httpx
    from handler.adapters.openrouter.models import OpenRouterModelList  # noqa: PLC0415

    return OpenRouterModelList(
        url, RetryPolicy(), time.monotonic, time.sleep, settings.openrouter_api_key
    )


def markdown_renderer() -> MarkdownRenderer:
    """Return the renderer of Markdown descriptions."""
    from handler.adapters.markdown import MarkdownItRenderer  # noqa: PLC0415 - nor a Markdown library

    return MarkdownItRenderer("https://openrouter.ai/")


@contextmanager
def _in_background(work: Callable[[], None]) -> Iterator[None]:
    """Have work done beside a block, which ends with both."""
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _new_run_id() -> str:
    return uuid4().hex


def _s3_location(settings: Settings) -> S3Location:
    return parse_s3_location(settings.store, settings.aws_region, settings.s3_endpoint_url)


def _plain_credentials(environment: Mapping[str, str]) -> Credentials | None:
    access_key = environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    return Credentials(access_key, secret_key, environment.get("AWS_SESSION_TOKEN"))
