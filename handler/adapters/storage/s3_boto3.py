"""S3 through the AWS SDK: the only writer of the snapshot and of the archive beside it.

It reads the snapshot too, with any credentials that the SDK finds.
"""

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Location
from handler.domain.compression import gzip_deterministic
from handler.domain.errors import SnapshotMissing, StoreError, StoreUnavailable, WriteConflict
from handler.ports import StoredObject

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_CONTENT_TYPE = "application/gzip"
_GZIP_LEVEL = 6

# 409: S3 saw two conditional writes at once. 404: with If-Match, the object is gone.
_CONFLICTS = frozenset({404, 409, 412})
_NOT_MODIFIED = 304

# What the SDK raises besides ClientError: for connections, timeouts, answers that are not S3's.
# (ValueError: an odd Content-Length; RecursionError: a redirect that names no region.)
_NO_ANSWER = (BotoCoreError, ResponseParserError, RecursionError, ValueError)


def s3_client(address: S3Location) -> "S3Client":
    """Return a client with bounded time and retries, with the credentials that boto3 finds."""
    config = Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": 3},
        s3={"addressing_style": "path" if address.endpoint_url else "auto"},
    )
    return boto3.client(
        "s3", region_name=address.region, endpoint_url=address.endpoint_url, config=config
    )


class Boto3Store:
    """Keeps the snapshot as one object; the tag is its ETag."""

    def __init__(self, address: S3Location, client: "S3Client") -> None:
        self._address = address
        self._client = client

    def read(self) -> StoredObject:
        """Return what is stored (see `ports.SnapshotReader`)."""
        try:
            return self._get()
        except ClientError as error:
            raise self._unreadable(error) from error

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return what is stored, None where it still has the known tag."""
        try:
            return self._get(IfNoneMatch=etag)
        except ClientError as error:
            if _status(error) == _NOT_MODIFIED:
                return None
            raise self._unreadable(error) from error

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has the expected tag (see `ports.SnapshotStore`)."""
        try:
            if if_match:
                return self._put(body, IfMatch=if_match)
            return self._put(body, IfNoneMatch="*")
        except ClientError as error:
            if _status(error) in _CONFLICTS:
                raise WriteConflict(
                    f"{self._address.url} was replaced since it was read"
                ) from error
            raise StoreUnavailable(f"cannot write {self._address.url}: {error}") from error
        except _NO_ANSWER as error:
            raise StoreUnavailable(f"cannot write {self._address.url}: {error}") from error

    def _get(self, **condition: Any) -> StoredObject:
        try:
            answer = self._client.get_object(
                Bucket=self._address.bucket, Key=self._address.key, **condition
            )
            with closing(answer["Body"]) as body:
                return StoredObject(body.read(), self._etag(answer))
        except _NO_ANSWER as error:
            raise StoreUnavailable(f"cannot read {self._address.url}: {error}") from error

    def _put(self, body: bytes, **condition: Any) -> str:
        answer = self._client.put_object(
            Bucket=self._address.bucket,
            Key=self._address.key,
            Body=body,
            ContentType=_CONTENT_TYPE,
            **condition,
        )
        return self._etag(answer)

    def _etag(self, answer: Mapping[str, Any]) -> str:
        tag = str(answer.get("ETag", ""))
        if not tag:
            raise StoreUnavailable(f"{self._address.url}: answered without an ETag")
        return tag

    def _unreadable(self, error: ClientError) -> StoreError:
        if error.response["Error"].get("Code") == "NoSuchKey":
            return SnapshotMissing(f"{self._address.url} does not exist yet")
        return StoreUnavailable(f"cannot read {self._address.url}: {error}")


class Boto3Archive:
    """Keeps bodies beside the snapshot (see `ports.Archive`). The bucket's rules expire them."""

    def __init__(self, address: S3Location, client: "S3Client") -> None:
        self._address = address
        self._client = client

    def put(self, name: str, body: bytes) -> None:
        """Keep a body, or keep it for longer if it is there."""
        key = self._address.sibling_key(f"{ARCHIVE_FOLDER}/{name}.gz")
        try:
            self._client.put_object(
                Bucket=self._address.bucket,
                Key=key,
                Body=gzip_deterministic(body, _GZIP_LEVEL),
                ContentType=_CONTENT_TYPE,
            )
        except (ClientError, *_NO_ANSWER) as error:
            raise StoreUnavailable(
                f"cannot archive s3://{self._address.bucket}/{key}: {error}"
            ) from error


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]
