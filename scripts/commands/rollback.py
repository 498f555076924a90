"""Restores an earlier snapshot from the versions in the bucket. Nothing is deleted.

Versions of the object that older code wrote are listed too, and restored under the current name.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from handler.adapters.storage.s3_boto3 import s3_client
from handler.adapters.storage.s3_location import S3Location
from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import BurgeeError, InvalidSnapshot, SettingsError
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from scripts.aws.deployment import add_session_options
from scripts.aws.snapshot_versions import Version, list_versions, read_version, restore
from scripts.aws.stacks import AwsError, use_session
from scripts.lib.command_line import create_parser, run
from scripts.lib.network import network_from_env
from scripts.lib.numbers import parse_count

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_DEFAULT_LAST = 20


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
            catalog = restore(location, client, options.to)
            moment = _format_minute(catalog.as_of)
            print(f"Restored {options.to}: {_count(catalog)} models as of {moment}.")
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


def _describe(version: Version, client: "S3Client") -> str:
    try:
        catalog = decode_whole(read_version(version, client))
    except InvalidSnapshot:
        return f"{'?':>6} unreadable"
    return f"{_count(catalog):>6} {_format_minute(catalog.as_of)}"


def _count(catalog: Catalog) -> int:
    return sum(1 for _ in catalog.listed())


def _format_minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}Z"


if __name__ == "__main__":
    run(main)
