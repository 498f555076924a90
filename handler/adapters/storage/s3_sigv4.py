"""A reader of a snapshot on S3, with one signed GET of the standard library.

Importing the AWS SDK and building its client takes about ten times as long. Only the refresh
function, which no visitor waits for, writes, through the SDK.
"""

import hmac
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import NamedTuple

from handler.adapters.storage.response_deadline import response_with_deadline
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import SnapshotMissing, StoreUnavailable
from handler.ports import StoredObject

_EMPTY_BODY = sha256(b"").hexdigest()
_ALGORITHM = "AWS4-HMAC-SHA256"
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


class Credentials(NamedTuple):
    """An access key. The token is set for temporary credentials, as in Lambda."""

    access_key: str
    secret_key: str
    session_token: str | None = None


class SigV4Reader:
    """Reads one object, with S3's ETag. A failed connection is retried once."""

    def __init__(
        self, location: S3Location, credentials: Credentials, now: Callable[[], datetime]
    ) -> None:
        self._location = location
        self._credentials = credentials
        self._now = now

    def read(self) -> StoredObject:
        """Return the stored snapshot (see `ports.SnapshotReader`)."""
        stored = self._get({}, _FIRST_READ_TIMEOUT_SECONDS)
        if stored is None:
            raise StoreUnavailable(
                f"{self._location.url}: answered 304 to an unconditional request"
            )
        return stored

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return the stored snapshot, None if it still has this ETag."""
        return self._get({"If-None-Match": etag}, _REVALIDATION_TIMEOUT_SECONDS)

    def _get(self, headers: Mapping[str, str], timeout_seconds: float) -> StoredObject | None:
        failure: Exception | None = None
        deadline = time.monotonic() + timeout_seconds
        for _ in range(_MAX_ATTEMPTS):
            try:
                return self._get_once(headers, deadline)
            except (OSError, HTTPException) as error:
                failure = error
        raise StoreUnavailable(f"cannot read {self._location.url}: {failure!r}") from failure

    def _get_once(self, headers: Mapping[str, str], deadline: float) -> StoredObject | None:
        connection_class = HTTPSConnection if self._location.is_secure else HTTPConnection
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("no time is left")
        timeout = min(_SOCKET_TIMEOUT_SECONDS, remaining)
        connection = connection_class(self._location.host, timeout=timeout)
        connection.response_class = partial(response_with_deadline, deadline)  # type: ignore[assignment]
        try:
            signed = sigv4_headers(self._location, self._credentials, self._now())
            connection.request("GET", self._location.path, headers={**signed, **headers})
            with connection.getresponse() as response:
                return self._parse(response)
        finally:
            connection.close()

    def _parse(self, response: HTTPResponse) -> StoredObject | None:
        if response.status == 304:
            return None
        etag = response.headers["ETag"] or ""
        if response.status == 200 and _ETAG.fullmatch(etag):
            return StoredObject(self._read_body(response), etag)
        code = _ERROR_CODE.search(response.read(2_000).decode(errors="replace"))
        if response.status == 404 and not (code and code[1] == "NoSuchBucket"):
            raise SnapshotMissing(f"{self._location.url} does not exist yet")
        problem = "no ETag" if response.status == 200 else code[1] if code else "without a reason"
        raise StoreUnavailable(f"cannot read {self._location.url}: {response.status} {problem}")

    def _read_body(self, response: HTTPResponse) -> bytes:
        body = response.read(_MAX_SNAPSHOT_BYTES + 1)
        if len(body) > _MAX_SNAPSHOT_BYTES:
            raise StoreUnavailable(f"{self._location.url} is over {_MAX_SNAPSHOT_BYTES} bytes")
        if response.length:
            raise StoreUnavailable(f"{self._location.url} broke off {response.length} bytes early")
        return body


def sigv4_headers(location: S3Location, credentials: Credentials, now: datetime) -> dict[str, str]:
    """Return the headers of a signed GET of the object at a time: AWS Signature Version 4."""
    timestamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"Host": location.host, "X-Amz-Content-Sha256": _EMPTY_BODY, "X-Amz-Date": timestamp}
    if credentials.session_token:
        headers["X-Amz-Security-Token"] = credentials.session_token
    names = ";".join(name.lower() for name in headers)
    lines = [f"{name.lower()}:{value}" for name, value in headers.items()]
    canonical_request = "\n".join(("GET", location.path, "", *lines, "", names, _EMPTY_BODY))
    scope = f"{timestamp[:8]}/{location.region}/s3/aws4_request"
    request_hash = sha256(canonical_request.encode()).hexdigest()
    string_to_sign = "\n".join((_ALGORITHM, timestamp, scope, request_hash))
    key = _signing_key(credentials, scope)
    signature = hmac.new(key, string_to_sign.encode(), sha256).hexdigest()
    headers["Authorization"] = (
        f"{_ALGORITHM} Credential={credentials.access_key}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _signing_key(credentials: Credentials, scope: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
