"""What both composition roots share: which store the settings name."""

from handler.adapters.storage.s3_location import S3Location
from handler.settings import Settings

_S3_SCHEME = "s3://"


def is_s3(settings: Settings) -> bool:
    """Return whether the store is on S3, not in a folder."""
    return settings.store.startswith(_S3_SCHEME)


def s3_location(settings: Settings) -> S3Location:
    """Return where on S3 the snapshot is. Raises SettingsError."""
    return S3Location.parse(settings.store, settings.aws_region, settings.s3_endpoint_url)
