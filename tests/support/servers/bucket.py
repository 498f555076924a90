"""Buckets of a real S3 server, each for one test, with the settings of a function that uses it."""

from dataclasses import dataclass
from uuid import uuid4

from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.constants import SITE_URL


@dataclass(frozen=True)
class Bucket:
    """A bucket of a real S3 server, and the environment of a function that uses it."""

    store: Boto3Store
    environment: dict[str, str]


def create_bucket(seaweed: SeaweedS3) -> Bucket:
    """Return a new, empty bucket."""
    name = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(name)
    environment = {
        "BURGEE_STORE": f"s3://{name}/catalog",
        "SITE_URL": SITE_URL,
        "AWS_ACCESS_KEY_ID": seaweed.access_key,
        "AWS_SECRET_ACCESS_KEY": seaweed.secret_key,
        "AWS_ENDPOINT_URL_S3": seaweed.endpoint_url,
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
    }
    location = S3Location.parse(environment["BURGEE_STORE"], seaweed.region, seaweed.endpoint_url)
    return Bucket(Boto3Store(location, seaweed.client()), environment)
