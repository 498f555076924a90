"""A reader of a snapshot on S3, with signed GETs of the standard library.

Importing the AWS SDK and building its client takes about ten times as long. Only the refresh
function, which no visitor waits for, writes, through the SDK.
"""

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple

from handler.adapters.storage.byte_ranges import ByteRange
from handler.adapters.storage.response_deadline import connection_with_deadline
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.sigv4 import Credentials, sigv4_headers
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    SnapshotReplaced,
    StoreUnavailable,
)
from handler.ports import ObjectStart

_FOUND = (200, 206)
_MAX_ERROR_BYTES = 2_000
_MAX_ATTEMPTS = 2
_MAX_SNAPSHOT_BYTES = 256 * 1024 * 1024
_SOCKET_TIMEOUT_SECONDS = 2.0
# A visitor waits while a process with a snapshot revalidates it, and CloudFront times out after
# three seconds. The first read may take most of the ten seconds that Lambda has.
_REVALIDATION_TIMEOUT_SECONDS = 2.5
_FIRST_READ_TIMEOUT_SECONDS = 8.0
_ETAG = re.compile(r'(W/)?"[!#-~]*"')
# S3's errors repeat the signed headers, token included, so only their code may be logged.
_ERROR_CODE = re.compile(r"<Code>(\w{1,60})</Code>")


class _Response(NamedTuple):
    """A response that was read: the object, a part of it, or the beginning of an error."""

    status: int
    etag: str
    content_range: str
    body: bytes

    @property
    def is_found(self) -> bool:
        return self.status in _FOUND

    @property
    def is_missing(self) -> bool:
        return self.status == 404 and self.error_code != "NoSuchBucket"

    @property
    def error_code(self) -> str:
        code = _ERROR_CODE.search(self.body.decode(errors="replace"))
        return code[1] if code else ""


class SigV4Reader:
    """Reads one object, with S3's ETag. A failed connection is retried once."""

    def __init__(
        self, location: S3Location, credentials: Credentials, now: Callable[[], datetime]
    ) -> None:
        self._location = location
        self._credentials = credentials
        self._now = now

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the snapshot (see `ports.SnapshotReader`)."""
        part = ByteRange(0, max_bytes)
        condition = {"If-None-Match": known_etag} if known_etag else {}
        timeout = _REVALIDATION_TIMEOUT_SECONDS if known_etag else _FIRST_READ_TIMEOUT_SECONDS
        response = self._get({"Range": part.header, **condition}, timeout)
        if response.status == 304 and known_etag:
            return None
        body, size = self._parse_part(response, part)
        return ObjectStart(body, response.etag, size)

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return bytes of the snapshot that has an ETag (see `ports.SnapshotReader`)."""
        part = ByteRange(start, stop)
        headers = {"Range": part.header, "If-Match": etag}
        response = self._get(headers, _REVALIDATION_TIMEOUT_SECONDS)
        is_other = response.is_found and response.etag != etag
        if is_other or response.is_missing or response.status == 412:
            raise SnapshotReplaced(f"{self._location.url} is not {etag} any more")
        body, _ = self._parse_part(response, part)
        if len(body) != stop - start:
            raise InvalidSnapshot(f"{self._location.url} ends before byte {stop}")
        return body

    def _get(self, headers: Mapping[str, str], timeout_seconds: float) -> _Response:
        failure: Exception | None = None
        deadline = time.monotonic() + timeout_seconds
        for _ in range(_MAX_ATTEMPTS):
            try:
                return self._get_once(headers, deadline)
            except (OSError, HTTPException) as error:
                failure = error
        raise StoreUnavailable(f"cannot read {self._location.url}: {failure!r}") from failure

    def _get_once(self, headers: Mapping[str, str], deadline: float) -> _Response:
        connection = connection_with_deadline(
            self._location.host, self._location.is_secure, _SOCKET_TIMEOUT_SECONDS, deadline
        )
        try:
            signed = sigv4_headers(self._location, self._credentials, self._now())
            connection.request("GET", self._location.path, headers={**signed, **headers})
            with connection.getresponse() as response:
                return self._read(response)
        finally:
            connection.close()

    def _read(self, response: HTTPResponse) -> _Response:
        is_found = response.status in _FOUND
        body = response.read(_MAX_SNAPSHOT_BYTES + 1 if is_found else _MAX_ERROR_BYTES)
        if is_found and len(body) > _MAX_SNAPSHOT_BYTES:
            raise StoreUnavailable(f"{self._location.url} is over {_MAX_SNAPSHOT_BYTES} bytes")
        if is_found and response.length:
            raise StoreUnavailable(f"{self._location.url} broke off {response.length} bytes early")
        headers = response.headers
        return _Response(
            response.status, headers["ETag"] or "", headers["Content-Range"] or "", body
        )

    def _parse_part(self, response: _Response, part: ByteRange) -> tuple[bytes, int]:
        """Return the bytes of a range, and the size of the whole object.

        Raises StoreError unless the response has them. 200 is the whole object.
        """
        url, body = self._location.url, response.body
        if response.is_missing:
            raise SnapshotMissing(f"{url} does not exist yet")
        if response.status == 416:
            raise InvalidSnapshot(f"{url} is empty, or ends before the range asked for")
        if not response.is_found or not _ETAG.fullmatch(response.etag):
            problem = "no ETag" if response.is_found else response.error_code or "without a reason"
            raise StoreUnavailable(f"cannot read {url}: {response.status} {problem}")
        if response.status == 200:
            return body[part.start : part.stop], len(body)
        try:
            return body, part.size_of_whole(response.content_range, body)
        except ValueError as error:
            raise StoreUnavailable(f"cannot read {url}: {error}") from error
