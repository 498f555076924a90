"""The store that the settings name, for both composition roots."""

from handler.adapters.storage.s3_location import S3Location
from handler.settings import Settings

_S3_SCHEME = "s3://"


def is_s3(settings: Settings) -> bool:
    """Return whether the store is on S3 instead of in a folder."""
    return settings.store.startswith(_S3_SCHEME)


def s3_location(settings: Settings) -> S3Location:
    """Return the S3 location of the snapshot. Raises SettingsError."""
    return S3Location.parse(settings.store, settings.aws_region, settings.s3_endpoint_url)
