"""Clients of S3 servers that tests start."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from handler.adapters.storage.s3_location import S3Location

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


def impatient_s3_client(location: S3Location) -> "S3Client":
    """Return a client that tries once, with credentials that the server does not check."""
    return boto3.client(
        "s3",
        region_name=location.region,
        endpoint_url=location.endpoint_url,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )
