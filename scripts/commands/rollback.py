"""Restores an earlier snapshot from the versions in the bucket. Nothing is deleted.

Versions of the object that older code wrote are listed too, and restored under the current name.
The script decodes the old version before it writes it with If-Match, so that no damaged version is
restored and no concurrent refresh is lost. A copy on the server would prevent neither.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from handler.adapters.storage.s3_boto3 import Boto3Store, s3_client
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import (
    BurgeeError,
    InvalidSnapshot,
    SettingsError,
    SnapshotMissing,
    StoreUnavailable,
)
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from scripts.aws.deployment import add_session_options
from scripts.aws.stacks import AwsError, use_session
from scripts.lib.command_line import create_parser, run
from scripts.lib.network import network_from_env
from scripts.lib.numbers import parse_count

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_DEFAULT_LAST = 20


@dataclass(frozen=True)
class Version:
    """One stored version of the snapshot, under its current name or the older one."""

    location: S3Location
    id: str
    written: datetime
    size_bytes: int
    is_current: bool


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if the versions were listed or one restored, else 1.

    Raises SettingsError.
    """
    options = _parse_arguments(arguments)
    if not options.store.startswith("s3://"):
        raise SettingsError(
            f"the store is {options.store}: only a bucket has versions, s3://BUCKET"
        )
    try:
        location = S3Location.parse(
            options.store,
            use_session(options.region, options.profile),
            os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
        )
        client = s3_client(location, network_from_env())
        if options.to:
            print(restore(location, client, options.to))
        else:
            for line in format_versions(location, client, options.last):
                print(line, flush=True)
    except SettingsError:
        raise
    except (BurgeeError, *AwsError) as error:
        print(f"Cannot roll back: {error}", file=sys.stderr)
        return 1
    return 0


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser(
        "rollback",
        __doc__,
        epilog="Run scripts/purge afterwards to clear the CDN. The next refresh continues from the "
        "restored snapshot.",
    )
    store = os.environ.get("BURGEE_STORE")
    parser.add_argument(
        "--store",
        default=store,
        required=not store,
        metavar="s3://BUCKET/PREFIX",
        help="default: BURGEE_STORE",
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--list", action="store_true", help="list the versions, newest first")
    action.add_argument("--to", metavar="VERSION", help="restore this version")
    parser.add_argument(
        "--last",
        type=parse_count,
        default=_DEFAULT_LAST,
        metavar="N",
        help="list at most N versions; default: %(default)s",
    )
    add_session_options(parser)
    return parser.parse_args(arguments)


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


def format_versions(location: S3Location, client: "S3Client", last: int) -> Iterator[str]:
    """Yield a heading, and a line for each of the `last` newest versions."""
    yield f"{'VERSION':<36} {'WRITTEN':<17} {'BYTES':>9} {'MODELS':>6} AS OF"
    for version in islice(list_versions(location, client), last):
        yield (
            f"{version.id:<36} {_format_minute(version.written)} {version.size_bytes:>9} "
            f"{_describe(version, client)}{_format_place(version, location)}"
        )


def _format_place(version: Version, current: S3Location) -> str:
    if version.location != current:
        return f" ({OLDER_OBJECT_NAME})"
    return " (current)" if version.is_current else ""


def restore(location: S3Location, client: "S3Client", version_id: str) -> str:
    """Write an old version over the current one, and return a line that reports it.

    Raises StoreError or InvalidSnapshot if there is no such version, if it cannot be read, or if
    the current version was replaced in the meantime.
    """
    store = Boto3Store(location, client)
    try:
        current_etag: str | None = store.read().etag
    except SnapshotMissing:
        current_etag = None
    body = _read_version(_find_version(location, client, version_id), client)
    catalog = decode_whole(body)
    store.put(body, current_etag)
    models = sum(1 for _ in catalog.listed())
    return f"Restored {version_id}: {models} models as of {_format_minute(catalog.as_of)}."


def _find_version(location: S3Location, client: "S3Client", version_id: str) -> Version:
    for version in list_versions(location, client):
        if version.id == version_id:
            return version
    raise SnapshotMissing(f"{location.url} has no version {version_id}")


def _describe(version: Version, client: "S3Client") -> str:
    try:
        catalog = decode_whole(_read_version(version, client))
    except InvalidSnapshot:
        return f"{'?':>6} unreadable"
    return f"{sum(1 for _ in catalog.listed()):>6} {_format_minute(catalog.as_of)}"


def _read_version(version: Version, client: "S3Client") -> bytes:
    location = version.location
    try:
        response = client.get_object(Bucket=location.bucket, Key=location.key, VersionId=version.id)
        return response["Body"].read()
    except ClientError as error:
        raise StoreUnavailable(
            f"cannot read version {version.id} of {location.url}: {error}"
        ) from error


def _format_minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}Z"


if __name__ == "__main__":
    run(main)
