"""Puts an earlier snapshot back on top, from the versions that the bucket keeps; deletes nothing.

Restores by the conditional write that a refresh uses, so that a refresh in between is not lost.
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

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_LAST = 20


@dataclass(frozen=True)
class Version:
    """One stored version of the snapshot."""

    id: str
    written: datetime
    size_bytes: int
    is_current: bool


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 0 where the list was shown or the version restored, else 1."""
    options = _parsed(arguments)
    try:
        address = S3Location.parse(
            options.store,
            os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION", ""),
            os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
        )
        client = s3_client(address)
        if options.to:
            print(restored(address, client, options.to))
        else:
            print(*listed(address, client, options.last), sep="\n")
    except (BurgeeError, BotoCoreError, ClientError) as error:
        print(f"Cannot roll back: {error}", file=sys.stderr)
        return 1
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/rollback",
        description=__doc__,
        epilog="scripts/purge then clears the CDN. The next refresh goes on from what is restored.",
    )
    parser.add_argument("--store", required=True, metavar="s3://BUCKET/PREFIX")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="show the versions, the newest first")
    what.add_argument("--to", metavar="VERSION", help="restore this one")
    parser.add_argument(
        "--last", type=int, default=_LAST, metavar="N", help="show as many; default: %(default)s"
    )
    return parser.parse_args(arguments)


def versions(address: S3Location, client: "S3Client") -> Iterator[Version]:
    """Yield the stored versions of the snapshot, the newest first."""
    pages = client.get_paginator("list_object_versions").paginate(
        Bucket=address.bucket, Prefix=address.key
    )
    for page in pages:
        for one in page.get("Versions", []):
            if one["Key"] == address.key:
                yield Version(one["VersionId"], one["LastModified"], one["Size"], one["IsLatest"])


def listed(address: S3Location, client: "S3Client", last: int) -> Iterator[str]:
    """Yield a heading and a line for each of the last versions."""
    yield f"{'VERSION':<36} {'WRITTEN':<17} {'BYTES':>9} {'MODELS':>6} AS OF"
    for version in islice(versions(address, client), last):
        current = " (current)" if version.is_current else ""
        yield (
            f"{version.id:<36} {_minute(version.written)} {version.size_bytes:>9} "
            f"{_contents(address, client, version.id)}{current}"
        )


def restored(address: S3Location, client: "S3Client", version_id: str) -> str:
    """Write a version on top of the current one, and return what was done.

    Raises StoreError or InvalidSnapshot where there is no such version, where it cannot be read,
    or where the current one was replaced meanwhile.
    """
    store = Boto3Store(address, client)
    try:
        expected: str | None = store.read().etag
    except SnapshotMissing:
        expected = None
    body = _body(address, client, version_id)
    catalog = codec.decode(body)
    store.put(body, expected)
    models = sum(1 for _ in catalog.listed())
    return f"Restored {version_id}: {models} models as of {_minute(catalog.as_of)}."


def _contents(address: S3Location, client: "S3Client", version_id: str) -> str:
    try:
        catalog = codec.decode(_body(address, client, version_id))
    except InvalidSnapshot:
        return f"{'?':>6} unreadable"
    return f"{sum(1 for _ in catalog.listed()):>6} {_minute(catalog.as_of)}"


def _body(address: S3Location, client: "S3Client", version_id: str) -> bytes:
    try:
        answer = client.get_object(Bucket=address.bucket, Key=address.key, VersionId=version_id)
        return answer["Body"].read()
    except ClientError as error:
        raise StoreUnavailable(
            f"cannot read version {version_id} of {address.url}: {error}"
        ) from error


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
