"""The one place that builds concrete things from the settings and hands them in."""

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handler.adapters.folder_store import FolderStore
from handler.adapters.s3_address import S3Address, s3_address
from handler.adapters.s3_signed import Credentials, SignedReader
from handler.ports import CatalogSource, RenderProse, SnapshotReader, SnapshotStore
from handler.services.freshness import FreshCatalog
from handler.settings import Settings, settings_from
from handler.web.app import Application, create_app

if TYPE_CHECKING:
    from handler.services.refreshing import Refreshed

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_S3 = "s3://"


def render_app(environment: Mapping[str, str] = os.environ) -> Application:
    """Return the application that renders pages, as the environment says."""
    settings = settings_from(environment)
    return app_over(snapshot_reader(settings, environment), settings.site_url)


def app_over(reader: SnapshotReader, site_url: str | None) -> Application:
    """Return the application that renders the pages of a stored snapshot.

    The snapshot is read at once where there is one: Lambda lends a whole processor while a
    function starts, and the first request then waits for no one.
    """
    catalog = FreshCatalog(reader, time.monotonic)
    catalog.look()
    return create_app(catalog, TEMPLATES, site_url)


def scheduled_refresh(environment: Mapping[str, str] = os.environ) -> "partial[Refreshed]":
    """Return the refresh of the configured store from OpenRouter, as it goes by schedule.

    It takes what is left of `refresh_catalog`: `as_of` and `progress`.
    """
    from handler.domain.gates import Gates  # noqa: PLC0415 - pages never refresh
    from handler.services.refreshing import refresh_catalog  # noqa: PLC0415

    settings = settings_from(environment)
    source, store = catalog_source(settings), snapshot_store(settings)
    return partial(refresh_catalog, source, store, prose_renderer(), gates=Gates())


def snapshot_reader(settings: Settings, environment: Mapping[str, str]) -> SnapshotReader:
    """Return the lightest reader of the configured store that the credentials allow."""
    if not settings.store.startswith(_S3):
        return FolderStore(Path(settings.store))
    credentials = _plain_credentials(environment)
    if credentials:
        return SignedReader(_address(settings), credentials, lambda: datetime.now(UTC))
    return snapshot_store(settings)


def snapshot_store(settings: Settings) -> SnapshotStore:
    """Return the configured store, for writing."""
    if not settings.store.startswith(_S3):
        return FolderStore(Path(settings.store))
    from handler.adapters.s3_boto import BotoStore, s3_client  # noqa: PLC0415 - slow, see s3_signed

    return BotoStore(_address(settings), s3_client(_address(settings)))


def catalog_source(settings: Settings) -> CatalogSource:
    """Return OpenRouter's list as it is served."""
    from handler.adapters.fetching import Patience  # noqa: PLC0415 - pages never import httpx
    from handler.adapters.openrouter import LIST_URL, ServedList  # noqa: PLC0415 - likewise

    return ServedList(
        settings.list_url or LIST_URL,
        Patience(),
        time.monotonic,
        time.sleep,
        settings.openrouter_api_key,
    )


def prose_renderer() -> RenderProse:
    """Return the renderer of Markdown descriptions."""
    from handler.adapters.markdown import ProseRenderer  # noqa: PLC0415 - nor a Markdown library

    return ProseRenderer("https://openrouter.ai/")


def _address(settings: Settings) -> S3Address:
    return s3_address(settings.store, settings.aws_region, settings.s3_endpoint_url)


def _plain_credentials(environment: Mapping[str, str]) -> Credentials | None:
    access_key = environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    return Credentials(access_key, secret_key, environment.get("AWS_SESSION_TOKEN"))
