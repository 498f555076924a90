"""Composition root of the render side: what Lambda's render function and a local server stand on.

It imports nothing of the refresh side: every module that it names is paid for by a cold start.
"""

# ruff: noqa: PTH100, PTH118 - pathlib is slow to import
# ruff: noqa: PLC0415 - the site is imported while S3 answers, stores only where they are needed

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING

from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import Credentials, SigV4Reader
from handler.domain.errors import SettingsError
from handler.ports import SnapshotReader, StoredObject
from handler.settings import Settings

if TYPE_CHECKING:
    from handler.web.site import Site

_TEMPLATES = os.path.join(os.path.abspath(__file__ + "/../../.."), "templates")


def create_site_from_env(environment: Mapping[str, str] = os.environ) -> "Site":
    """Return the site that the environment describes. Raises SettingsError."""
    settings = Settings.from_env(environment)
    if settings.site_url is None:
        raise SettingsError("SITE_URL is not set: the base of absolute URLs, https://host[:port]")
    return create_site(
        snapshot_reader(settings, environment),
        settings.site_url,
        explorer_url=settings.explorer_url,
        allow_ai_crawlers=settings.allow_ai_crawlers,
        contact_url=settings.contact_url,
    )


def create_site(
    reader: SnapshotReader,
    site_url: str,
    *,
    explorer_url: str = "/",
    allow_ai_crawlers: bool = True,
    contact_url: str | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> "Site":
    """Return the site over a stored snapshot.

    The snapshot is read while all other modules are imported, and decoded while those that render
    pages are: Lambda lends a starting function whole processors, and the first request then waits
    for neither.
    """
    reader = _ReadAhead(reader)
    from handler.services.catalog_cache import CachedCatalog

    catalog = CachedCatalog(reader, clock)
    decoding = Thread(target=catalog.revalidate)
    decoding.start()
    import handler.web.app  # noqa: F401
    from handler.web.rendering.page_cache import PageCache
    from handler.web.rendering.templates import Templates
    from handler.web.site import Site
    from handler.web.urls import ExplorerUrl

    templates = Templates(_TEMPLATES, ExplorerUrl(explorer_url), contact_url)
    templates.load("pages/model.html")
    decoding.join()
    return Site(catalog, templates, PageCache(), site_url, allow_ai_crawlers)


def snapshot_reader(settings: Settings, environment: Mapping[str, str]) -> SnapshotReader:
    """Return the lightest reader of the configured store that the credentials allow."""
    if not settings.is_s3:
        from pathlib import Path

        from handler.adapters.storage.file_store import FileStore

        return FileStore(Path(settings.store))
    location = S3Location.parse(settings.store, settings.aws_region, settings.s3_endpoint_url)
    if credentials := _plain_credentials(environment):
        return SigV4Reader(location, credentials, lambda: datetime.now(UTC))
    from handler.adapters.storage.s3_boto3 import Boto3Store, s3_client

    return Boto3Store(location, s3_client(location))


class _ReadAhead:
    """A reader whose first read begins at once, in a thread."""

    def __init__(self, reader: SnapshotReader) -> None:
        self._reader = reader
        self._first: StoredObject | Exception | None = None
        self._thread = Thread(target=self._read_first)
        self._thread.start()

    def read(self) -> StoredObject:
        """Return the stored snapshot: at first that of the read that has begun."""
        self._thread.join()
        first, self._first = self._first, None
        if isinstance(first, Exception):
            raise first
        return first or self._reader.read()

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return the stored snapshot, None if it still has this ETag."""
        return self._reader.read_if_changed(etag)

    def _read_first(self) -> None:
        try:
            self._first = self._reader.read()
        except Exception as error:
            self._first = error


def _plain_credentials(environment: Mapping[str, str]) -> Credentials | None:
    access_key = environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    return Credentials(access_key, secret_key, environment.get("AWS_SESSION_TOKEN"))
