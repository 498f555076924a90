"""HTTP GET requests that always end: bounded in time and in bytes.

httpx inflates a whole chunk at once, so bodies are read as sent and inflated here in small pieces.
Redirects are not followed: only the configured host is contacted.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator

import httpx

from handler.adapters.http.transport import NetworkTransport
from handler.adapters.network import DIRECT, Network
from handler.domain.compression import GZIP_WINDOW
from handler.domain.text import collapse_whitespace

USER_AGENT = "Burgee/0.1 (share previews for AI models; fetches the list a few times an hour)"

_PIECE_BYTES = 65_536
_RETRYABLE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_MAX_REASON_CHARACTERS = 80


class FetchError(Exception):
    """A GET request failed. `retryable` is whether another attempt may succeed.

    `status` is that of the response, if there was one. `retry_after` is in seconds, 0 unless the
    server asked for a pause.
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool = False,
        status: int | None = None,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(reason)
        self.retryable = retryable
        self.status = status
        self.retry_after = retry_after


class BodyTooLarge(FetchError):
    """A response has more bytes than the client reads."""


class BoundedHttpClient:
    """A client whose requests share one deadline, in the time of the event loop it is made in."""

    def __init__(
        self,
        total_seconds: float,
        read_timeout_seconds: float,
        max_body_bytes: int,
        api_key: str | None = None,
        network: Network = DIRECT,
    ) -> None:
        """Take limits for all requests together, for each read, and for one inflated body."""
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        self._total_seconds = total_seconds
        self._read_timeout_seconds = read_timeout_seconds
        self._max_body_bytes = max_body_bytes
        self._http = httpx.AsyncClient(headers=headers, transport=NetworkTransport(network))
        # Reading the trusted certificates takes some of the time before this line.
        self.deadline = asyncio.get_running_loop().time() + total_seconds

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def remaining_seconds(self) -> float:
        """Return the seconds until the deadline, negative once it has passed."""
        return self.deadline - asyncio.get_running_loop().time()

    async def get(self, url: str) -> bytes:
        """Return the body of a response with status 200. Raises FetchError for everything else."""
        try:
            async with asyncio.timeout_at(self.deadline):
                return await self._get(url)
        except TimeoutError as error:
            raise FetchError(f"not complete within {self._total_seconds:g} seconds") from error
        # Plain OSErrors too: httpx lets a TLS error in the middle of a body through.
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            reason = f"{type(error).__name__} {error}".strip()
            raise FetchError(reason, retryable=True) from error

    async def _get(self, url: str) -> bytes:
        async with self._http.stream("GET", url, timeout=self._timeout()) as response:
            _check_status(response)
            return b"".join([piece async for piece in self._pieces(response)])

    def _timeout(self) -> httpx.Timeout:
        # httpcore leaks a connection that is cancelled in its TLS handshake, so connecting, whose
        # timeout holds for TCP and TLS each, has to end before the deadline cancels it.
        seconds = self._read_timeout_seconds
        return httpx.Timeout(seconds, connect=min(seconds, self.remaining_seconds() / 3))

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[bytes]:
        is_gzip = response.headers.get("content-encoding", "").lower() == "gzip"
        inflater = _Inflater() if is_gzip else None
        size = 0
        async for chunk in response.aiter_raw():
            for piece in inflater.inflate(chunk) if inflater else (chunk,):
                size += len(piece)
                if size > self._max_body_bytes:
                    raise BodyTooLarge(f"the answer is larger than {self._max_body_bytes:,} bytes")
                yield piece
        if inflater and not inflater.is_complete:
            raise FetchError("the compressed answer broke off", retryable=True)


class _Inflater:
    """Inflates gzip in small pieces, however far a chunk expands."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(GZIP_WINDOW)

    @property
    def is_complete(self) -> bool:
        return self._zlib.eof

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        while not self.is_complete:
            try:
                piece = self._zlib.decompress(chunk, _PIECE_BYTES)
            except zlib.error as error:
                reason = f"the compressed answer is damaged: {error}"
                raise FetchError(reason, retryable=True) from error
            yield piece
            chunk = self._zlib.unconsumed_tail
            if not chunk and len(piece) < _PIECE_BYTES:
                return


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status != httpx.codes.OK:
        reason = collapse_whitespace(response.reason_phrase)[:_MAX_REASON_CHARACTERS]
        raise FetchError(
            f"answered {status} {reason}".strip(),
            retryable=status in _RETRYABLE_STATUSES,
            status=status,
            retry_after=_parse_retry_after(response.headers.get("retry-after", "")),
        )


def _parse_retry_after(value: str) -> float:
    """Return the seconds of a Retry-After header. Dates are rare, and count as 0."""
    return float(value) if value.isascii() and value.isdigit() else 0.0
