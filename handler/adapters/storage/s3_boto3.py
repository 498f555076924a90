"""A snapshot on S3, and the archive beside it, through the AWS SDK.

Only this adapter writes. It also reads, with any credentials that the SDK finds.
"""

import logging
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from handler.adapters.network import DIRECT, Network
from handler.adapters.storage.byte_ranges import ByteRange
from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Location
from handler.domain.compression import gzip_deterministic
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    SnapshotReplaced,
    StoreError,
    StoreUnavailable,
    WriteConflict,
)
from handler.domain.snapshot.names import MARKER_NAME
from handler.ports import ObjectStart, StoredObject

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_log = logging.getLogger(__name__)

_GZIP = "application/gzip"

# 409: S3 saw two conditional writes at once. 404: with If-Match, the object is gone.
_CONFLICTS = frozenset({404, 409, 412})

# The SDK's errors other than ClientError: connections, timeouts, responses that are not S3's.
# (ValueError: an odd Content-Length; RecursionError: a redirect that names no region.)
_SDK_ERRORS = (BotoCoreError, ResponseParserError, RecursionError, ValueError)


def s3_client(location: S3Location, network: Network = DIRECT) -> "S3Client":
    """Return a client with short timeouts, few retries, and the credentials that boto3 finds."""
    config = Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": 3},
        s3={"addressing_style": "path" if location.endpoint_url else "auto"},
        proxies=network.sdk_proxies(location.endpoint_url or f"https://{location.host}"),
    )
    # boto3's own session would keep the credentials of the first client in the process.
    return boto3.Session().client(
        "s3",
        region_name=location.region,
        endpoint_url=location.endpoint_url,
        config=config,
        verify=network.aws_certificates,
    )


class Boto3Store:
    """One object, with S3's ETag (see `ports.SnapshotStore`)."""

    def __init__(self, location: S3Location, client: "S3Client") -> None:
        self._bucket, self._key, self._url = location.bucket, location.key, location.url
        self._marker_key = location.sibling(MARKER_NAME).key
        self._client = client

    def read(self) -> StoredObject:
        """Return the stored snapshot (see `ports.SnapshotStore`)."""
        try:
            response, body = self._get()
            return StoredObject(body, self._etag(response))
        except ClientError as error:
            raise self._read_error(error) from error

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the snapshot (see `ports.SnapshotReader`)."""
        condition = {"IfNoneMatch": known_etag} if known_etag else {}
        try:
            body, size, etag = self._get_part(ByteRange(0, max_bytes), **condition)
            return ObjectStart(body, etag, size)
        except ClientError as error:
            if known_etag and _status(error) == 304:
                return None
            raise self._read_error(error) from error

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return bytes of the snapshot that has an ETag (see `ports.SnapshotReader`)."""
        try:
            body, _, answered = self._get_part(ByteRange(start, stop), IfMatch=etag)
        except ClientError as error:
            if _status(error) == 412 or _is_missing(error):
                raise SnapshotReplaced(f"{self._url} is not {etag} any more") from error
            raise self._read_error(error) from error
        if answered != etag:
            raise SnapshotReplaced(f"{self._url} is not {etag} any more")
        if len(body) != stop - start:
            raise InvalidSnapshot(f"{self._url} ends before byte {stop}")
        return body

    def was_written(self) -> bool:
        """Return whether a snapshot was ever written (see `ports.SnapshotStore`)."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=self._marker_key)
        except (ClientError, *_SDK_ERRORS) as error:
            if isinstance(error, ClientError) and _status(error) == 404:
                return False
            reason = f"cannot see whether {self._url} was deleted: {error}"
            raise StoreUnavailable(reason) from error
        return True

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has an ETag (see `ports.SnapshotStore`)."""
        condition: Any = {"IfMatch": if_match} if if_match else {"IfNoneMatch": "*"}
        try:
            response = self._client.put_object(
                Bucket=self._bucket, Key=self._key, Body=body, ContentType=_GZIP, **condition
            )
            self._mark_written()
            return self._etag(response)
        except (ClientError, *_SDK_ERRORS) as error:
            if isinstance(error, ClientError) and _status(error) in _CONFLICTS:
                raise WriteConflict(f"{self._url} was replaced since it was read") from error
            raise StoreUnavailable(f"cannot write {self._url}: {error}") from error

    def _mark_written(self) -> None:
        """Put the marker where there is none. A failure is only logged: the next write tries."""
        try:
            if not self.was_written():
                self._client.put_object(Bucket=self._bucket, Key=self._marker_key, Body=b"")
        except (StoreUnavailable, ClientError, *_SDK_ERRORS) as error:
            _log.warning("%s has no marker: %s", self._url, error)

    def _get_part(self, part: ByteRange, **condition: Any) -> tuple[bytes, int, str]:
        """Return bytes, the size of the object that they are from, and its ETag."""
        response, body = self._get(Range=part.header, **condition)
        etag = self._etag(response)
        if response["ResponseMetadata"]["HTTPStatusCode"] == 200:  # the whole object
            return body[part.start : part.stop], len(body), etag
        try:
            return body, part.size_of_whole(response.get("ContentRange", ""), body), etag
        except ValueError as error:
            raise StoreUnavailable(f"cannot read {self._url}: {error}") from error

    def _get(self, **parameters: Any) -> tuple[Mapping[str, Any], bytes]:
        try:
            response = self._client.get_object(Bucket=self._bucket, Key=self._key, **parameters)
            with closing(response["Body"]) as body:
                return response, body.read()
        except _SDK_ERRORS as error:
            raise StoreUnavailable(f"cannot read {self._url}: {error}") from error

    def _etag(self, response: Mapping[str, Any]) -> str:
        etag = str(response.get("ETag", ""))
        if not etag:
            raise StoreUnavailable(f"{self._url}: answered without an ETag")
        return etag

    def _read_error(self, error: ClientError) -> StoreError:
        if _is_missing(error):
            return SnapshotMissing(f"{self._url} does not exist yet")
        if _status(error) == 416:
            return InvalidSnapshot(f"{self._url} is empty, or ends before the range asked for")
        return StoreUnavailable(f"cannot read {self._url}: {error}")


class Boto3Archive:
    """Bodies beside the snapshot (see `ports.Archive`), which the bucket's rules expire."""

    def __init__(self, location: S3Location, client: "S3Client") -> None:
        self._bucket = location.bucket
        self._folder = location.sibling(ARCHIVE_FOLDER).key
        self._client = client

    def put(self, name: str, body: bytes) -> None:
        """Store a body, or renew one that is stored already."""
        key, body = f"{self._folder}/{name}.gz", gzip_deterministic(body)
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=_GZIP)
        except (ClientError, *_SDK_ERRORS) as error:
            raise StoreUnavailable(f"cannot archive s3://{self._bucket}/{key}: {error}") from error


def _is_missing(error: ClientError) -> bool:
    return error.response["Error"].get("Code") == "NoSuchKey"


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]
