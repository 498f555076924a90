"""A rendered answer before anybody has asked for it: bytes, their type and how long they live."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from handler.domain.compression import gzip_deterministic

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
PNG = "image/png"
ICO = "image/x-icon"
SVG = "image/svg+xml"
MANIFEST = "application/manifest+json"
ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json"
PROBLEM = "application/problem+json"

# A crawler fetches once, and its platform keeps what it got for days: a page that is minutes old
# is as old as a card may be, so stale copies are served for minutes only while a fresh one is
# fetched, and for long only when there is none to be had.
PAGE_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=300, stale-if-error=604800"
# From 10 to 60 seconds: a platform must not keep an error, nor a stampede on one reach us.
ERROR_CACHE = "public, max-age=10, s-maxage=30"
NO_CACHE = "no-cache"
# GitHub's image proxy keeps a picture for as long as max-age says, and looks at nothing else.
BADGE_CACHE = "public, max-age=300, stale-if-error=604800"
# What changes with the code alone.
ASSET_CACHE = "public, max-age=86400, s-maxage=86400, stale-if-error=604800"

# An address that has the hash of what it shows.
IMMUTABLE_CACHE = "public, max-age=31536000, immutable"

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
