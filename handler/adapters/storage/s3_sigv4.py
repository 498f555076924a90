"""A snapshot on S3 read by one signed GET, on the standard library alone.

Importing the AWS SDK and making its client takes about ten times what this needs. It reads only:
the refresh function, which nobody waits for, writes through the SDK.
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
# A process with a snapshot looks for a newer one while a visitor waits: CloudFront gives up after
# three seconds. One without has nothing better to do, within the ten that Lambda gives it.
_REVALIDATION_TIMEOUT_SECONDS = 2.5
_FIRST_READ_TIMEOUT_SECONDS = 8.0
_ETAG = re.compile(r'(W/)?"[!#-~]*"')
# S3's errors repeat what was signed with, token included: only their name is for a log.
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")


class Credentials(NamedTuple):
    """An access key; the token is set for temporary ones, as in Lambda."""

    access_key: str
    secret_key: str
    session_token: str | None = None


class SigV4Reader:
    """Reads the snapshot; the tag is its ETag. A failed connection is tried once more."""

    def __init__(
        self, address: S3Location, credentials: Credentials, now: Callable[[], datetime]
    ) -> None:
        self._address = address
        self._credentials = credentials
        self._now = now

    def read(self) -> StoredObject:
        """Return what is stored (see `ports.SnapshotReader`)."""
        stored = self._get({}, _FIRST_READ_TIMEOUT_SECONDS)
        if stored is None:
            raise StoreUnavailable(f"{self._address.url}: answered 304 to an unconditional request")
        return stored

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return what is stored, None where it still has the known tag."""
        return self._get({"If-None-Match": etag}, _REVALIDATION_TIMEOUT_SECONDS)

    def _get(self, condition: Mapping[str, str], seconds: float) -> StoredObject | None:
        failure: Exception | None = None
        end = time.monotonic() + seconds
        for _ in range(_MAX_ATTEMPTS):
            try:
                return self._get_once(condition, end)
            except (OSError, HTTPException) as error:
                failure = error
        raise StoreUnavailable(f"cannot read {self._address.url}: {failure!r}") from failure

    def _get_once(self, condition: Mapping[str, str], end: float) -> StoredObject | None:
        kind = HTTPSConnection if self._address.secure else HTTPConnection
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError("no time is left")
        connection = kind(self._address.host, timeout=min(_SOCKET_TIMEOUT_SECONDS, left))
        connection.response_class = partial(response_with_deadline, end)  # type: ignore[assignment]
        try:
            signed = sigv4_headers(self._address, self._credentials, self._now())
            connection.request("GET", self._address.path, headers={**signed, **condition})
            with connection.getresponse() as answer:
                return self._stored(answer)
        finally:
            connection.close()

    def _stored(self, answer: HTTPResponse) -> StoredObject | None:
        if answer.status == 304:
            return None
        tag = answer.headers["ETag"] or ""
        if answer.status == 200 and _ETAG.fullmatch(tag):
            return StoredObject(self._body(answer), tag)
        code = _CODE.search(answer.read(2_000).decode(errors="replace"))
        if answer.status == 404 and not (code and code[1] == "NoSuchBucket"):
            raise SnapshotMissing(f"{self._address.url} does not exist yet")
        problem = "no ETag" if answer.status == 200 else code[1] if code else "without a reason"
        raise StoreUnavailable(f"cannot read {self._address.url}: {answer.status} {problem}")

    def _body(self, answer: HTTPResponse) -> bytes:
        body = answer.read(_MAX_SNAPSHOT_BYTES + 1)
        if len(body) > _MAX_SNAPSHOT_BYTES:
            raise StoreUnavailable(f"{self._address.url} is over {_MAX_SNAPSHOT_BYTES} bytes")
        if answer.length:
            raise StoreUnavailable(f"{self._address.url} broke off {answer.length} bytes early")
        return body


def sigv4_headers(address: S3Location, credentials: Credentials, now: datetime) -> dict[str, str]:
    """Return the headers that sign a GET of the object at a time in UTC: Signature Version 4."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "Host": address.host,
        "X-Amz-Content-Sha256": _EMPTY_BODY,
        "X-Amz-Date": moment,
    }
    if credentials.session_token:
        headers["X-Amz-Security-Token"] = credentials.session_token
    names = ";".join(name.lower() for name in headers)
    lines = [f"{name.lower()}:{value}" for name, value in headers.items()]
    canonical = "\n".join(("GET", address.path, "", *lines, "", names, _EMPTY_BODY))
    scope = f"{moment[:8]}/{address.region}/s3/aws4_request"
    text = "\n".join((_ALGORITHM, moment, scope, sha256(canonical.encode()).hexdigest()))
    signature = hmac.new(_signing_key(credentials, scope), text.encode(), sha256).hexdigest()
    who = f"Credential={credentials.access_key}/{scope}"
    headers["Authorization"] = f"{_ALGORITHM} {who}, SignedHeaders={names}, Signature={signature}"
    return headers


def _signing_key(credentials: Credentials, scope: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
