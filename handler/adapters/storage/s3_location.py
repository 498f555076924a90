"""The location of an object on S3."""

from typing import NamedTuple, Self
from urllib.parse import quote, urlsplit

from handler.domain.errors import SettingsError
from handler.domain.snapshot.names import OBJECT_NAME

ARCHIVE_FOLDER = "raw"


class S3Location(NamedTuple):
    """One object of a bucket. `endpoint_url` is set for S3-compatible servers, None for AWS."""

    bucket: str
    key: str
    region: str
    endpoint_url: str | None = None

    @classmethod
    def parse(cls, store: str, region: str, endpoint_url: str | None) -> Self:
        """Return the location of the snapshot of `s3://BUCKET/PREFIX`. Raises SettingsError."""
        bucket, _, prefix = store.removeprefix("s3://").partition("/")
        if not bucket or not region:
            raise SettingsError(f"{store!r} needs a bucket (s3://BUCKET/PREFIX) and AWS_REGION")
        if endpoint_url and not _is_endpoint(endpoint_url):
            raise SettingsError(
                f"AWS_ENDPOINT_URL is {endpoint_url!r}, not of the form http://localhost:9000"
            )
        key = "/".join(filter(None, (prefix.strip("/"), OBJECT_NAME)))
        return cls(bucket, key, region, endpoint_url)

    @property
    def url(self) -> str:
        """The object as s3://bucket/key."""
        return f"s3://{self.bucket}/{self.key}"

    def sibling(self, name: str) -> Self:
        """Return the location of another object under the same prefix."""
        prefix, slash, _ = self.key.rpartition("/")
        return self._replace(key=f"{prefix}{slash}{name}")

    @property
    def is_secure(self) -> bool:
        """Whether requests go over TLS."""
        return self.endpoint_url is None or urlsplit(self.endpoint_url).scheme == "https"

    @property
    def host(self) -> str:
        """The host, with the port if it is not the scheme's own."""
        if self.endpoint_url:
            return urlsplit(self.endpoint_url).netloc
        service = f"s3.{self.region}.amazonaws.com"
        return service if self._is_path_style else f"{self.bucket}.{service}"

    @property
    def path(self) -> str:
        """The path of the object on the host, percent-encoded."""
        path = f"/{self.bucket}/{self.key}" if self._is_path_style else f"/{self.key}"
        return quote(path, safe="/-_.~")

    @property
    def _is_path_style(self) -> bool:
        """Whether the bucket is in the path: other servers need that, and a bucket with a dot.

        The certificate of AWS covers one level of subdomains.
        """
        return self.endpoint_url is not None or "." in self.bucket


def _is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
