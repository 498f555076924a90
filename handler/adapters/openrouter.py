"""OpenRouter's list of models, over HTTP or from a stored copy of one of its answers.

Whatever the other side does, a fetch ends within its deadline and its size limit: httpx inflates a
whole chunk at once, so the answer is taken as it came and inflated here, piece by piece.
"""

import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from handler.adapters.deadline import DeadlineTransport
from handler.domain.coverage import EVERYTHING, Coverage, coverage_of_url
from handler.domain.errors import SourceError
from handler.domain.listing import page_of
from handler.ports import Fetched

LABEL = "OpenRouter"
LIST_URL = "https://openrouter.ai/api/v1/models?output_modalities=all"
USER_AGENT = "Burgee/0.1 (share previews for AI models; fetches the list a few times an hour)"

_MOST_PAGES = 50
_GZIP_WINDOW = 31  # zlib: 15 bits, with a gzip header
_PIECE = 65_536
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how much a fetch may take. Times in seconds, sizes in bytes."""

    total_seconds: float = 60.0
    silence_seconds: float = 10.0
    attempts: int = 4
    first_pause_seconds: float = 0.5
    largest_body: int = 64 * 1024 * 1024


class Failure(Exception):
    """One attempt failed; `retry_after` is in seconds where the other side asked for a pause."""

    def __init__(self, reason: str, *, final: bool = False, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.final = final
        self.retry_after = retry_after


class ServedList:
    """The list as served at a URL (see `ports.CatalogSource`)."""

    def __init__(
        self,
        url: str,
        patience: Patience,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        api_key: str | None = None,
    ) -> None:
        """Take a clock in seconds that never goes back, and the sleep that goes with it."""
        self.coverage = coverage_of_url(url)
        self._url = url
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"

    def fetch(self) -> Fetched:
        """Return every record of every page of the list."""
        deadline = self._clock() + self._patience.total_seconds
        records: list[Any] = []
        bodies: list[bytes] = []
        url = self._url
        transport = DeadlineTransport(lambda: deadline - self._clock())
        with httpx.Client(
            transport=transport,
            trust_env=False,
            headers=self._headers,
            timeout=self._patience.silence_seconds,
        ) as client:
            for _ in range(_MOST_PAGES):
                body = self._body(client, url, deadline)
                page = page_of(body, f"{LABEL} ({url})")
                records += page.records
                bodies.append(body)
                if page.next_url is None:
                    return Fetched(records, LABEL, self._url, b"\n".join(bodies))
                url = self._following(url, page.next_url)
        raise SourceError(f"{LABEL} ({self._url}): the list goes on after {_MOST_PAGES} pages")

    def _following(self, url: str, link: str) -> str:
        """Return the next page's address, which must be on the same host."""
        following = httpx.URL(url).join(link)
        if following.netloc != httpx.URL(url).netloc:
            raise SourceError(f"{LABEL} ({url}): its next page is on another host: {link[:200]}")
        return str(following)

    def _body(self, client: httpx.Client, url: str, deadline: float) -> bytes:
        for attempt in range(1, self._patience.attempts + 1):
            try:
                return self._attempt(client, url, deadline)
            except Failure as failure:
                pause = self._pause(attempt, failure)
                last = failure.final or attempt == self._patience.attempts
                if last or self._clock() + pause >= deadline:
                    tries = "once" if attempt == 1 else f"{attempt} times"
                    raise SourceError(f"{LABEL} ({url}), tried {tries}: {failure}") from failure
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, attempt: int, failure: Failure) -> float:
        """Return the seconds to wait: full jitter, doubling, no less than was asked for."""
        longest = self._patience.first_pause_seconds * 2.0 ** (attempt - 1)
        return max(failure.retry_after, random.uniform(0, longest))  # noqa: S311 - jitter

    def _attempt(self, client: httpx.Client, url: str, deadline: float) -> bytes:
        try:
            with client.stream("GET", url) as answer:
                _check_status(answer)
                return b"".join(self._inflated(answer))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if self._clock() >= deadline:
                total = self._patience.total_seconds
                raise Failure(f"not complete within {total:g} seconds", final=True) from error
            raise Failure(f"{type(error).__name__} {error}".strip()) from error

    def _inflated(self, answer: httpx.Response) -> Iterator[bytes]:
        gzipped = answer.headers.get("content-encoding", "").lower() == "gzip"
        reader = _Gunzip() if gzipped else None
        size, most = 0, self._patience.largest_body
        for chunk in answer.iter_raw():
            for piece in reader.pieces(chunk) if reader else (chunk,):
                size += len(piece)
                if size > most:
                    raise Failure(f"the answer is larger than {most:,} bytes", final=True)
                yield piece
        if reader and not reader.complete:
            raise Failure("the compressed answer broke off")


class StoredList:
    """The list as it was stored in a file (see `ports.CatalogSource`)."""

    def __init__(self, path: Path, label: str, coverage: Coverage = EVERYTHING) -> None:
        self._path = path
        self._label = label
        self.coverage = coverage

    def fetch(self) -> Fetched:
        """Return every record of the file."""
        try:
            body = self._path.read_bytes()
        except OSError as error:
            raise SourceError(f"cannot read {self._path}: {error.strerror}") from error
        records = page_of(body, str(self._path)).records
        return Fetched(records, self._label, self._path.name, body)


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
                raise Failure(f"the compressed answer is damaged: {error}") from error
            yield piece
            chunk = self._inflater.unconsumed_tail
            if not chunk and len(piece) < _PIECE:
                return


def _check_status(answer: httpx.Response) -> None:
    status = answer.status_code
    if status != httpx.codes.OK:
        raise Failure(
            f"answered {status} {answer.reason_phrase[:_EXCERPT]}".strip(),
            final=status not in _TRANSIENT,
            retry_after=_retry_after(answer.headers.get("retry-after", "")),
        )


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for; dates, which are rare, count as 0."""
    return float(value) if value.isascii() and value.isdigit() else 0.0
