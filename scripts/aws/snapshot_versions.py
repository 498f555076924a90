"""The versions of the snapshot that a bucket keeps, and how one becomes the current one again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import SnapshotMissing, StoreUnavailable
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import OLDER_OBJECT_NAME

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


@dataclass(frozen=True)
class Version:
    """One stored version of the snapshot, under its current name or the older one."""

    location: S3Location
    id: str
    written: datetime
    size_bytes: int
    is_current: bool


def list_versions(location: S3Location, client: "S3Client") -> Iterator[Version]:
    """Yield the stored versions of the snapshot, newest first, then those of the older name."""
    for stored in (location, location.sibling(OLDER_OBJECT_NAME)):
        yield from _list_object(stored, client)


def _list_object(location: S3Location, client: "S3Client") -> Iterator[Version]:
    pages = client.get_paginator("list_object_versions").paginate(
        Bucket=location.bucket, Prefix=location.key
    )
    for page in pages:
        for item in page.get("Versions", []):
            if item["Key"] == location.key:
                yield Version(
                    location,
                    item["VersionId"],
                    item["LastModified"],
                    item["Size"],
                    item["IsLatest"],
                )


def read_version(version: Version, client: "S3Client") -> bytes:
    """Return the bytes of a version. Raises StoreUnavailable."""
    location = version.location
    try:
        response = client.get_object(Bucket=location.bucket, Key=location.key, VersionId=version.id)
        return response["Body"].read()
    except ClientError as error:
        raise StoreUnavailable(
            f"cannot read version {version.id} of {location.url}: {error}"
        ) from error


def restore(location: S3Location, client: "S3Client", version_id: str) -> Catalog:
    """Write an old version over the current one, and return its catalog.

    It is decoded before it is written with If-Match, so that no damaged version is restored and no
    concurrent refresh is lost. A copy on the server would prevent neither.

    Raises StoreError or InvalidSnapshot if there is no such version, if it cannot be read, or if
    the current version was replaced in the meantime.
    """
    store = Boto3Store(location, client)
    try:
        current_etag: str | None = store.read().etag
    except SnapshotMissing:
        current_etag = None
    body = read_version(_find_version(location, client, version_id), client)
    catalog = decode_whole(body)
    store.put(body, current_etag)
    return catalog


def _find_version(location: S3Location, client: "S3Client", version_id: str) -> Version:
    for version in list_versions(location, client):
        if version.id == version_id:
            return version
    raise SnapshotMissing(f"{location.url} has no version {version_id}")
