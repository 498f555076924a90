"""A rendered answer before anybody has asked for it: bytes, their type and how long they live."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from handler.domain.compression import gzip_deterministic
from handler.web.http.headers import ICO, PNG

_COMPRESSED_ALREADY = frozenset({PNG, ICO})
_ETAG_DIGITS = 20
_GZIP_LEVEL = 6


@dataclass(frozen=True)
class CacheableResponse:
    """One answer, whole, before conditions, ranges and encodings are looked at.

    `tag` names the body where that can be told before it is made.
    """

    body: bytes
    content_type: str
    cache_control: str
    status: int = 200
    extra_headers: tuple[tuple[str, str], ...] = ()
    etag_source: str = ""

    @cached_property
    def etag(self) -> str:
        """The strong validator of the body as it is."""
        return f'"{self._digest}"'

    @cached_property
    def gzip_etag(self) -> str:
        """The strong validator of the compressed body."""
        return f'"{self._digest}-gz"'

    @cached_property
    def gzip_body(self) -> bytes:
        """The body, compressed the same way every time."""
        return gzip_deterministic(self.body, _GZIP_LEVEL)

    @property
    def is_compressible(self) -> bool:
        """Whether it gets smaller by being compressed once more."""
        return self.content_type not in _COMPRESSED_ALREADY

    @cached_property
    def _digest(self) -> str:
        return self.etag_source or sha256(self.body).hexdigest()[:_ETAG_DIGITS]
