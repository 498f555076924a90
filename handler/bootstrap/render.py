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

from handler.adapters.storage.file_store import FolderStore
from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Address, s3_address
from handler.adapters.storage.s3_sigv4 import Credentials, SignedReader
from handler.ports import CatalogSource, RenderProse, SnapshotReader
from handler.services.catalog_cache import FreshCatalog
from handler.settings import Settings, settings_from

if TYPE_CHECKING:
    from handler.services.refresh import Refreshed, Sources
    from handler.services.snapshot_repository import Keeper
    from handler.web.app import Application

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_S3 = "s3://"


def render_app(environment: Mapping[str, str] = os.environ) -> "Application":
    """Return the application that renders pages, as the environment says."""
    settings = settings_from(environment)
    reader = snapshot_reader(settings, environment)
    return app_over(
        reader,
        settings.site_url,
        explorer_url=settings.explorer_url,
        llm_allowed=settings.llm_allowed,
        contact_url=settings.contact_url,
    )


def app_over(
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
    catalog = FreshCatalog(reader, time.monotonic)
    with _meanwhile(catalog.look):
        from handler.web.app import create_app  # noqa: PLC0415 - while S3 answers

        return create_app(
            catalog,
            TEMPLATES,
            site_url,
            explorer_url=explorer_url,
            llm_allowed=llm_allowed,
            contact_url=contact_url,
        )


def scheduled_refresh(environment: Mapping[str, str] = os.environ) -> "partial[Refreshed]":
    """Return the refresh of the configured store from every source, as it goes by schedule.

    It takes what is left of `refresh_catalog`: `as_of` and `progress`.
    """
    from handler.domain.ingest.sanity_checks import Gates  # noqa: PLC0415 - pages never refresh
    from handler.services.refresh import refresh_by_schedule  # noqa: PLC0415

    settings = settings_from(environment)
    return partial(
        refresh_by_schedule,
        upstream(settings),
        keeper(settings),
        prose_renderer(),
        gates=Gates(**settings.gates),
    )


def keeper(settings: Settings) -> "Keeper":
    """Return the keeper of the configured store, with an archive beside it."""
    from handler.services.snapshot_repository import Keeper  # noqa: PLC0415 - pages never write

    if not settings.store.startswith(_S3):
        return folder_keeper(Path(settings.store))
    from handler.adapters.storage.s3_boto3 import (  # noqa: PLC0415 - slow, see s3_signed
        BotoArchive,
        BotoStore,
        s3_client,
    )

    address = _address(settings)
    client = s3_client(address)
    return Keeper(BotoStore(address, client), BotoArchive(address, client), time.sleep, _new_run)


def folder_keeper(folder: Path) -> "Keeper":
    """Return the keeper of a folder, with an archive in it."""
    from handler.adapters.storage.file_archive import FolderArchive  # noqa: PLC0415 - pages never write
    from handler.services.snapshot_repository import Keeper  # noqa: PLC0415

    return Keeper(FolderStore(folder), FolderArchive(folder / ARCHIVE_FOLDER), time.sleep, _new_run)


def snapshot_reader(settings: Settings, environment: Mapping[str, str]) -> SnapshotReader:
    """Return the lightest reader of the configured store that the credentials allow."""
    if not settings.store.startswith(_S3):
        return FolderStore(Path(settings.store))
    credentials = _plain_credentials(environment)
    if credentials:
        return SignedReader(_address(settings), credentials, lambda: datetime.now(UTC))
    from handler.adapters.storage.s3_boto3 import BotoStore, s3_client  # noqa: PLC0415 - slow, see s3_signed

    return BotoStore(_address(settings), s3_client(_address(settings)))


def upstream(settings: Settings) -> "Sources":
    """Return OpenRouter and Arena as they are served, in so far as they are to be asked."""
    from handler.adapters.arena import LEADERBOARD_URL, ArenaLeaderboard  # noqa: PLC0415 - pages
    from handler.adapters.http.retry import Patience  # noqa: PLC0415 - never import httpx
    from handler.adapters.http.rounds import Budget  # noqa: PLC0415
    from handler.adapters.openrouter.endpoints import DETAILS_PATH, ServedDetails  # noqa: PLC0415
    from handler.adapters.openrouter.models import API_URL, LIST_PATH  # noqa: PLC0415
    from handler.adapters.openrouter.rankings import RANKINGS_PATH, DailyRankings  # noqa: PLC0415
    from handler.services.refresh import Sources  # noqa: PLC0415

    api, key = settings.openrouter_url or API_URL, settings.openrouter_api_key
    time_and_sleep = time.monotonic, time.sleep
    patience = Patience(total_seconds=30.0)
    arena_url = LEADERBOARD_URL if settings.arena_url is None else settings.arena_url
    budget = Budget(settings.details_seconds, per_second=settings.details_per_second)
    return Sources(
        models=served_list(f"{api}{LIST_PATH}", settings),
        details=ServedDetails(f"{api}{DETAILS_PATH}", budget, *time_and_sleep, key)
        if settings.details_per_second
        else None,
        arena=ArenaLeaderboard(arena_url, patience, *time_and_sleep) if arena_url else None,
        usage=DailyRankings(f"{api}{RANKINGS_PATH}", patience, *time_and_sleep, key)
        if key
        else None,
    )


def served_list(url: str, settings: Settings) -> CatalogSource:
    """Return the list of models at a URL."""
    from handler.adapters.http.retry import Patience  # noqa: PLC0415 - pages never import httpx
    from handler.adapters.openrouter.models import ServedList  # noqa: PLC0415

    return ServedList(url, Patience(), time.monotonic, time.sleep, settings.openrouter_api_key)


def prose_renderer() -> RenderProse:
    """Return the renderer of Markdown descriptions."""
    from handler.adapters.markdown import ProseRenderer  # noqa: PLC0415 - nor a Markdown library

    return ProseRenderer("https://openrouter.ai/")


@contextmanager
def _meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Have work done beside a block, which ends with both."""
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _new_run() -> str:
    return uuid4().hex


def _address(settings: Settings) -> S3Address:
    return s3_address(settings.store, settings.aws_region, settings.s3_endpoint_url)


def _plain_credentials(environment: Mapping[str, str]) -> Credentials | None:
    access_key = environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    return Credentials(access_key, secret_key, environment.get("AWS_SESSION_TOKEN"))
