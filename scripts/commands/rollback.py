"""Restores an earlier snapshot from the versions in the bucket. Nothing is deleted.

It decodes the old version before it writes it with If-Match, so that no damaged version is restored
and no concurrent refresh is lost. A copy on the server would prevent neither.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from handler.adapters.storage.s3_boto3 import Boto3Store, s3_client
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import BurgeeError, InvalidSnapshot, SnapshotMissing, StoreUnavailable
from handler.domain.snapshot import codec
from scripts.lib.aws import use_session
from scripts.lib.deployment import add_session_options
from scripts.lib.version import add_version_option

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_DEFAULT_LAST = 20


@dataclass(frozen=True)
class Version:
    """One stored version of the snapshot."""

    id: str
    written: datetime
    size_bytes: int
    is_current: bool


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if the versions were listed or one restored, else 1."""
    options = _parse_arguments(arguments)
    try:
        location = S3Location.parse(
            options.store,
            use_session(options.region, options.profile),
            os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
        )
        client = s3_client(location)
        if options.to:
            print(restore(location, client, options.to))
        else:
            print(*format_versions(location, client, options.last), sep="\n")
    except (BurgeeError, BotoCoreError, ClientError) as error:
        print(f"Cannot roll back: {error}", file=sys.stderr)
        return 1
    return 0


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/rollback",
        description=__doc__,
        epilog="Run scripts/purge afterwards to clear the CDN. The next refresh continues from the "
        "restored snapshot.",
    )
    add_version_option(parser)
    parser.add_argument("--store", required=True, metavar="s3://BUCKET/PREFIX")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--list", action="store_true", help="list the versions, newest first")
    action.add_argument("--to", metavar="VERSION", help="restore this version")
    parser.add_argument(
        "--last",
        type=int,
        default=_DEFAULT_LAST,
        metavar="N",
        help="list at most N versions; default: %(default)s",
    )
    add_session_options(parser)
    return parser.parse_args(arguments)


def list_versions(location: S3Location, client: "S3Client") -> Iterator[Version]:
    """Yield the stored versions of the snapshot, newest first."""
    pages = client.get_paginator("list_object_versions").paginate(
        Bucket=location.bucket, Prefix=location.key
    )
    for page in pages:
        for item in page.get("Versions", []):
            if item["Key"] == location.key:
                yield Version(
                    item["VersionId"], item["LastModified"], item["Size"], item["IsLatest"]
                )


def format_versions(location: S3Location, client: "S3Client", last: int) -> Iterator[str]:
    """Yield a heading, and a line for each of the `last` newest versions."""
    yield f"{'VERSION':<36} {'WRITTEN':<17} {'BYTES':>9} {'MODELS':>6} AS OF"
    for version in islice(list_versions(location, client), last):
        current = " (current)" if version.is_current else ""
        yield (
            f"{version.id:<36} {_format_minute(version.written)} {version.size_bytes:>9} "
            f"{_describe(location, client, version.id)}{current}"
        )


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
    body = _read_version(location, client, version_id)
    catalog = codec.decode(body)
    store.put(body, current_etag)
    models = sum(1 for _ in catalog.listed())
    return f"Restored {version_id}: {models} models as of {_format_minute(catalog.as_of)}."


def _describe(location: S3Location, client: "S3Client", version_id: str) -> str:
    try:
        catalog = codec.decode(_read_version(location, client, version_id))
    except InvalidSnapshot:
        return f"{'?':>6} unreadable"
    return f"{sum(1 for _ in catalog.listed()):>6} {_format_minute(catalog.as_of)}"


def _read_version(location: S3Location, client: "S3Client", version_id: str) -> bytes:
    try:
        response = client.get_object(Bucket=location.bucket, Key=location.key, VersionId=version_id)
        return response["Body"].read()
    except ClientError as error:
        raise StoreUnavailable(
            f"cannot read version {version_id} of {location.url}: {error}"
        ) from error


def _format_minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}Z"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
