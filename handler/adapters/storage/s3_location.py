"""Where on S3 a snapshot is: what both S3 stores are built from."""

from typing import NamedTuple, Self
from urllib.parse import quote, urlsplit

from handler.domain.errors import SettingsError

OBJECT_NAME = "catalog.jsonl.gz"
ARCHIVE_FOLDER = "raw"


class S3Location(NamedTuple):
    """One object. `endpoint_url` is set for S3-compatible servers, None for AWS."""

    bucket: str
    key: str
    region: str
    endpoint_url: str | None = None

    @classmethod
    def parse(cls, store: str, region: str, endpoint_url: str | None) -> Self:
        """Return where the snapshot is under `s3://BUCKET/PREFIX`. Raises SettingsError."""
        bucket, _, prefix = store.removeprefix("s3://").partition("/")
        if not bucket or not region:
            raise SettingsError(f"{store!r} needs a bucket (s3://BUCKET/PREFIX) and AWS_REGION")
        key = "/".join(filter(None, (prefix.strip("/"), OBJECT_NAME)))
        return cls(bucket, key, region, endpoint_url)

    @property
    def url(self) -> str:
        """The object as people write it: s3://bucket/key."""
        return f"s3://{self.bucket}/{self.key}"

    def sibling_key(self, name: str) -> str:
        """Return the key of another object under the same prefix."""
        return f"{self.key.removesuffix(OBJECT_NAME)}{name}"

    @property
    def secure(self) -> bool:
        """Whether it is spoken to over TLS."""
        return self.endpoint_url is None or urlsplit(self.endpoint_url).scheme == "https"

    @property
    def host(self) -> str:
        """The host, and the port where it is not the scheme's own."""
        if self.endpoint_url:
            return urlsplit(self.endpoint_url).netloc
        service = f"s3.{self.region}.amazonaws.com"
        return service if self._in_path else f"{self.bucket}.{service}"

    @property
    def path(self) -> str:
        """The path of the object on the host, percent-encoded."""
        place = f"/{self.bucket}/{self.key}" if self._in_path else f"/{self.key}"
        return quote(place, safe="/-_.~")

    @property
    def _in_path(self) -> bool:
        """A certificate for *.s3 covers no bucket with a dot; other servers know no such hosts."""
        return self.endpoint_url is not None or "." in self.bucket
