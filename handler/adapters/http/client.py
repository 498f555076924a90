"""One GET that ends, whatever the other side does: within a deadline, under a size limit.

httpx inflates a whole chunk at once, so an answer is taken as it came and inflated here, piece by
piece. Redirects are not followed: nobody but the configured host is asked.
"""

import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import httpx

from handler.adapters.http.deadline import Deadline, DeadlineTransport
from handler.domain.text import collapse_whitespace

USER_AGENT = "Burgee/0.1 (share previews for AI models; fetches the list a few times an hour)"

_GZIP_WINDOW = 31  # zlib: 15 bits, with a gzip header
_PIECE = 65_536
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_EXCERPT = 80


class FetchError(Exception):
    """One GET failed. It is worth another try unless it is `final`.

    `status` is that of the answer where there was one; `retry_after` is in seconds where the
    other side asked for a pause.
    """

    def __init__(
        self,
        reason: str,
        *,
        final: bool = False,
        status: int | None = None,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(reason)
        self.final = final
        self.status = status
        self.retry_after = retry_after


class BoundedHttpClient:
    """Connections that are kept from one GET to the next, for any number of threads."""

    def __init__(
        self,
        deadline: Deadline,
        read_timeout_seconds: float,
        max_body_bytes: int,
        api_key: str | None = None,
    ) -> None:
        """Take the longest silence in seconds, and the most bytes of one inflated body."""
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        self._deadline = deadline
        self._largest_body = max_body_bytes
        self._http = httpx.Client(
            transport=DeadlineTransport(deadline.remaining),
            trust_env=False,
            headers=headers,
            timeout=read_timeout_seconds,
        )

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.__exit__(kind, error, trace)

    def get(self, url: str) -> bytes:
        """Return the body of an answer of status 200. Raises Failure for everything else."""
        try:
            with self._http.stream("GET", url) as answer:
                _check_status(answer)
                return b"".join(self._inflated(answer))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if self._deadline.remaining() <= 0:
                total = self._deadline.total_seconds
                raise FetchError(f"not complete within {total:g} seconds", final=True) from error
            raise FetchError(f"{type(error).__name__} {error}".strip()) from error

    def _inflated(self, answer: httpx.Response) -> Iterator[bytes]:
        gzipped = answer.headers.get("content-encoding", "").lower() == "gzip"
        reader = _Gunzip() if gzipped else None
        size, most = 0, self._largest_body
        for chunk in answer.iter_raw():
            for piece in reader.pieces(chunk) if reader else (chunk,):
                size += len(piece)
                if size > most:
                    raise FetchError(f"the answer is larger than {most:,} bytes", final=True)
                yield piece
        if reader and not reader.complete:
            raise FetchError("the compressed answer broke off")


class _Gunzip:
    """Inflates in small pieces, however much a chunk holds."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP_WINDOW)

    @property
    def complete(self) -> bool:
        return self._inflater.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while not self.complete:
            try:
                piece = self._inflater.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise FetchError(f"the compressed answer is damaged: {error}") from error
            yield piece
            chunk = self._inflater.unconsumed_tail
            if not chunk and len(piece) < _PIECE:
                return


def _check_status(answer: httpx.Response) -> None:
    status = answer.status_code
    if status != httpx.codes.OK:
        raise FetchError(
            f"answered {status} {collapse_whitespace(answer.reason_phrase)[:_EXCERPT]}".strip(),
            final=status not in _TRANSIENT,
            status=status,
            retry_after=_retry_after(answer.headers.get("retry-after", "")),
        )


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for; dates, which are rare, count as 0."""
    return float(value) if value.isascii() and value.isdigit() else 0.0
