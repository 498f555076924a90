"""Responses: the cacheable one that a view returns, and the one that is sent."""

from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from handler.domain.compression import gzip_deterministic
from handler.web.http.headers import ICO, PNG

_COMPRESSED_TYPES = frozenset({PNG, ICO})
_ETAG_DIGITS = 20


# Lambda refuses 6 MB, of which Base64 takes a quarter.
MAX_BODY_BYTES = 4_500_000


class ResponseTooLarge(Exception):
    """A view made a body of more than MAX_BODY_BYTES: it lacks a bound of its own."""


class Response(NamedTuple):
    """What a door sends: status, headers with lower-case names, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class CacheableResponse:
    """The full response to a request, before conditions, ranges and encodings are applied.

    One instance answers every request for a page until a new snapshot is loaded, so its ETag and
    its compressed body are computed once. `etag_source` identifies the body where that is known
    before the body is rendered. Raises ResponseTooLarge.
    """

    def __init__(
        self,
        body: bytes,
        content_type: str,
        cache_control: str,
        status: int = 200,
        extra_headers: tuple[tuple[str, str], ...] = (),
        etag_source: str = "",
    ) -> None:
        if len(body) > MAX_BODY_BYTES:
            raise ResponseTooLarge(f"a {content_type} of {len(body):,} bytes")
        self.body = body
        self.content_type = content_type
        self.cache_control = cache_control
        self.status = status
        self.extra_headers = extra_headers
        self._etag_source = etag_source

    @cached_property
    def etag(self) -> str:
        """The strong ETag of the body as it is."""
        return f'"{self._digest}"'

    @cached_property
    def gzip_etag(self) -> str:
        """The strong ETag of the compressed body."""
        return f'"{self._digest}-gz"'

    @cached_property
    def gzip_body(self) -> bytes:
        """The compressed body, the same bytes every time."""
        return gzip_deterministic(self.body)

    @property
    def is_compressible(self) -> bool:
        """Whether the content type is worth compressing."""
        return self.content_type not in _COMPRESSED_TYPES

    @cached_property
    def _digest(self) -> str:
        return self._etag_source or sha256(self.body).hexdigest()[:_ETAG_DIGITS]
