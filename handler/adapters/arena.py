"""Arena's leaderboard of text models: its ranks, from the data set that Arena publishes.

The data set viewer serves it as JSON, 100 rows a call. It may answer with a part of the data set
only, with cells cut short, or from a newer version in the middle of our reading: a list with holes
would take ranks from models that have them, so each of these is an error.
Source: https://huggingface.co/docs/dataset-viewer/filter
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.domain.errors import SourceError
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import FetchedDataset

LABEL = "Arena text leaderboard"
LEADERBOARD_URL = (
    "https://datasets-server.huggingface.co/filter?dataset=lmarena-ai/leaderboard-dataset"
    "&config=text_style_control&split=latest&where=%22category%22%3D%27overall%27"
)

_PAGE = 100  # the most that the viewer gives
_MAX_ROWS = 5_000  # 393 on 2026-08-19


class ArenaLeaderboard:
    """The leaderboard as served at a URL (see `ports.DatasetSource`)."""

    def __init__(
        self,
        url: str,
        patience: RetryPolicy,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        """Take a clock in seconds that never goes back, and the sleep that goes with it."""
        self._url = url
        self._fetching = partial(RetryingClient, LABEL, patience, clock, sleep)

    def fetch(self) -> FetchedDataset:
        """Return every row of every page."""
        pages: list[_Page] = []
        with self._fetching() as upstream:
            while not pages or len(pages) * _PAGE < pages[0].total:
                url = self._page_url(len(pages) * _PAGE)
                pages.append(_parse_page(upstream.get(url), f"{LABEL} ({url})"))
        rows = _rows(pages, f"{LABEL} ({self._url})")
        body = b"\n".join(page.body for page in pages)
        return FetchedDataset(rows, LABEL, self._url, body, _publish_date(rows[0]))

    def _page_url(self, offset: int) -> str:
        return str(httpx.URL(self._url).copy_merge_params({"offset": offset, "length": _PAGE}))


class LeaderboardFile:
    """The leaderboard as it was stored in a file (see `ports.DatasetSource`).

    Reads `{"meta": …, "rows": [row, …]}`, and one answer of the viewer that holds all rows.
    """

    def __init__(self, path: Path, label: str = LABEL) -> None:
        self._path = path
        self._label = label

    def fetch(self) -> FetchedDataset:
        """Return every row of the file."""
        try:
            body = self._path.read_bytes()
        except OSError as error:
            raise SourceError(f"cannot read {self._path}: {error.strerror}") from error
        what = str(self._path)
        value = parse_json(body, what)
        if isinstance(value, dict) and "num_rows_total" not in value:
            rows, said = _list(value, what), value.get("meta")
        else:
            rows = _rows([_parse_page(body, what)], what)
            said = rows[0]
        return FetchedDataset(rows, self._label, self._path.name, body, _publish_date(said))


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    entries: list[Any]
    total: int


def _parse_page(body: bytes, what: str) -> _Page:
    value = parse_json(body, what)
    entries = _list(value, what)
    total = value.get("num_rows_total")
    if value.get("partial"):
        raise SourceError(f"{what} is of a part of the data set only")
    if not isinstance(total, int) or not 0 < total <= _MAX_ROWS:
        raise SourceError(f"{what} counts {repr(total)[:40]} rows, not 1 to {_MAX_ROWS:,}")
    return _Page(body, entries, total)


def _list(value: Any, what: str) -> list[Any]:
    rows = value.get("rows") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not rows:
        raise SourceError(f"{what} holds no rows")
    return rows


def _rows(pages: Sequence[_Page], what: str) -> list[Any]:
    """Return the rows of all pages, each of which must be there once and whole."""
    totals = {page.total for page in pages}
    if len(totals) > 1:
        raise SourceError(f"{what} changed while it was read: {sorted(totals)} rows")
    entries = [entry for page in pages for entry in page.entries]
    if not all(isinstance(entry, dict) and "row" in entry for entry in entries):
        raise SourceError(f"{what} has entries without a row")
    if any(entry.get("truncated_cells") for entry in entries):
        raise SourceError(f"{what} has cells that are cut short")
    places = {str(entry.get("row_idx")) for entry in entries}
    if totals != {len(entries)} or len(places) < len(entries):
        raise SourceError(f"{what} has {len(places)} rows of {max(totals)} in {len(entries)}")
    return [entry["row"] for entry in entries]


def _publish_date(value: Any) -> str | None:
    """Return the day that a row, or what is said about a stored copy, was published on."""
    published = value.get("leaderboard_publish_date") if isinstance(value, dict) else None
    return published if isinstance(published, str) else None
