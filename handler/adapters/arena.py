"""Arena's leaderboard of text models, from the data set that Arena publishes.

The data set viewer serves it as JSON, 100 rows a page. A response may hold a part of the data set
only, cells cut short, or rows of a newer version than the page before. A leaderboard with holes
would remove ranks from models that have them, so each of these is an error.
Source: https://huggingface.co/docs/dataset-viewer/filter
"""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.adapters.network import DIRECT, Network
from handler.domain.errors import SourceError
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import FetchedDataset

LABEL = "Arena text leaderboard"
LEADERBOARD_URL = (
    "https://datasets-server.huggingface.co/filter?dataset=lmarena-ai/leaderboard-dataset"
    "&config=text_style_control&split=latest&where=%22category%22%3D%27overall%27"
)

_PAGE_SIZE = 100  # the viewer's maximum
_MAX_ROWS = 5_000  # 393 on 2026-08-19


class _Page(NamedTuple):
    body: bytes
    entries: list[Any]
    total: int


class ArenaLeaderboard:
    """The leaderboard that is served at a URL (see `ports.DatasetSource`)."""

    def __init__(self, url: str, policy: RetryPolicy, network: Network = DIRECT) -> None:
        self._url, self._policy, self._network = url, policy, network

    def fetch(self) -> FetchedDataset:
        """Return every row of every page."""
        pages = asyncio.run(self._fetch_pages())
        rows = _join_rows(pages, f"{LABEL} ({self._url})")
        body = b"\n".join(page.body for page in pages)
        return FetchedDataset(rows, LABEL, self._url, body, _publish_date(rows[0]))

    async def _fetch_pages(self) -> list[_Page]:
        pages: list[_Page] = []
        client = RetryingClient(LABEL, self._policy, network=self._network)
        async with aclosing(client):
            while not pages or len(pages) * _PAGE_SIZE < pages[0].total:
                page = {"offset": len(pages) * _PAGE_SIZE, "length": _PAGE_SIZE}
                url = str(httpx.URL(self._url).copy_merge_params(page))
                pages.append(_parse_page(await client.get(url), f"{LABEL} ({url})"))
        return pages


class LeaderboardFile:
    """The leaderboard in a file (see `ports.DatasetSource`).

    Reads `{"meta": …, "rows": [row, …]}`, and one response of the viewer that holds all rows.
    """

    def __init__(self, path: Path, label: str = LABEL) -> None:
        self._path, self._label = path, label

    def fetch(self) -> FetchedDataset:
        """Return every row of the file."""
        try:
            body = self._path.read_bytes()
        except OSError as error:
            raise SourceError(f"cannot read {self._path}: {error.strerror}") from error
        name = str(self._path)
        value = parse_json(body, name)
        if isinstance(value, dict) and "num_rows_total" not in value:
            rows, dated = _get_rows(value, name), value.get("meta")
        else:
            rows = _join_rows([_parse_page(body, name)], name)
            dated = rows[0]
        return FetchedDataset(rows, self._label, self._path.name, body, _publish_date(dated))


def _parse_page(body: bytes, name: str) -> _Page:
    value = parse_json(body, name)
    entries = _get_rows(value, name)
    total = value.get("num_rows_total")
    if value.get("partial"):
        raise SourceError(f"{name} is of a part of the data set only")
    if not isinstance(total, int) or not 0 < total <= _MAX_ROWS:
        raise SourceError(f"{name} counts {repr(total)[:40]} rows, not 1 to {_MAX_ROWS:,}")
    return _Page(body, entries, total)


def _get_rows(value: Any, name: str) -> list[Any]:
    rows = value.get("rows") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not rows:
        raise SourceError(f"{name} holds no rows")
    return rows


def _join_rows(pages: Sequence[_Page], name: str) -> list[Any]:
    """Return the rows of all pages. Raises SourceError unless each row is there once and whole."""
    totals = {page.total for page in pages}
    if len(totals) > 1:
        raise SourceError(f"{name} changed while it was read: {sorted(totals)} rows")
    entries = [entry for page in pages for entry in page.entries]
    if not all(isinstance(entry, dict) and "row" in entry for entry in entries):
        raise SourceError(f"{name} has entries without a row")
    if any(entry.get("truncated_cells") for entry in entries):
        raise SourceError(f"{name} has cells that are cut short")
    indexes = {str(entry.get("row_idx")) for entry in entries}
    if totals != {len(entries)} or len(indexes) < len(entries):
        raise SourceError(f"{name} has {len(indexes)} rows of {max(totals)} in {len(entries)}")
    return [entry["row"] for entry in entries]


def _publish_date(value: Any) -> str | None:
    """Return the publication date of a row, or of a stored copy's `meta`."""
    date = value.get("leaderboard_publish_date") if isinstance(value, dict) else None
    return date if isinstance(date, str) else None
