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

from handler.adapters.storage.fallback import FallbackReader
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.adapters.storage.sigv4 import Credentials
from handler.domain.errors import SettingsError
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from handler.ports import START_BYTES, ObjectStart, SnapshotReader
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
        disallowed_ai_crawlers=settings.disallowed_ai_crawlers,
        contact_url=settings.contact_url,
    )


def create_site(
    reader: SnapshotReader,
    site_url: str,
    *,
    explorer_url: str = "/",
    disallowed_ai_crawlers: tuple[str, ...] = (),
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
    return Site(catalog, templates, PageCache(), site_url, disallowed_ai_crawlers)


def snapshot_reader(settings: Settings, environment: Mapping[str, str]) -> SnapshotReader:
    """Return the lightest reader of the configured store that the credentials allow."""
    if not settings.is_s3:
        from pathlib import Path

        from handler.adapters.storage.file_store import FileStore

        folder = Path(settings.store)
        return FallbackReader(FileStore(folder), FileStore(folder, OLDER_OBJECT_NAME))
    location = S3Location.parse(settings.store, settings.aws_region, settings.s3_endpoint_url)
    open_object = _object_reader(location, environment)
    return FallbackReader(open_object(location), open_object(location.sibling(OLDER_OBJECT_NAME)))


def _object_reader(
    location: S3Location, environment: Mapping[str, str]
) -> Callable[[S3Location], SnapshotReader]:
    if credentials := _plain_credentials(environment):
        return lambda place: SigV4Reader(place, credentials, lambda: datetime.now(UTC))
    from handler.adapters.storage.s3_boto3 import Boto3Store, s3_client

    client = s3_client(location)
    return lambda place: Boto3Store(place, client)


class _ReadAhead:
    """A reader whose first read begins at once, in a thread."""

    def __init__(self, reader: SnapshotReader) -> None:
        self._reader = reader
        self._first: ObjectStart | Exception | None = None
        self._thread = Thread(target=self._read_first)
        self._thread.start()

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the snapshot: at first that of the read that has begun."""
        self._thread.join()
        first, self._first = self._first, None
        if isinstance(first, Exception):
            raise first
        return first or self._reader.read_start(max_bytes, known_etag)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return bytes of the snapshot that has an ETag."""
        return self._reader.read_range(start, stop, etag)

    def _read_first(self) -> None:
        try:
            self._first = self._reader.read_start(START_BYTES)
        except Exception as error:
            self._first = error


def _plain_credentials(environment: Mapping[str, str]) -> Credentials | None:
    access_key = environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    return Credentials(access_key, secret_key, environment.get("AWS_SESSION_TOKEN"))
