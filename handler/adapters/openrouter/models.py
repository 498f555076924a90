"""OpenRouter's list of models, over HTTP or from a stored copy of a response."""

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.adapters.network import DIRECT, Network
from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.errors import SourceError
from handler.domain.ingest.model_list import parse_list_page
from handler.ports import FetchedDataset

LABEL = "OpenRouter"
API_URL = "https://openrouter.ai/api/v1"
LIST_PATH = "/models?output_modalities=all"

_MAX_PAGES = 50


class OpenRouterModelList:
    """The list that is served at a URL (see `ports.ModelListSource`)."""

    def __init__(
        self, url: str, policy: RetryPolicy, api_key: str | None = None, network: Network = DIRECT
    ) -> None:
        self.coverage = Coverage.from_url(url)
        self._url, self._policy, self._api_key, self._network = url, policy, api_key, network

    def fetch(self) -> FetchedDataset:
        """Return every record of every page of the list."""
        return asyncio.run(self._fetch())

    async def _fetch(self) -> FetchedDataset:
        records: list[Any] = []
        bodies: list[bytes] = []
        url = self._url
        client = RetryingClient(LABEL, self._policy, self._api_key, self._network)
        async with aclosing(client):
            for _ in range(_MAX_PAGES):
                body = await client.get(url)
                page = parse_list_page(body, f"{LABEL} ({url})")
                records += page.records
                bodies.append(body)
                if page.next_url is None:
                    return FetchedDataset(records, LABEL, self._url, b"\n".join(bodies))
                url = _next_page_url(url, page.next_url)
        raise SourceError(f"{LABEL} ({self._url}): the list goes on after {_MAX_PAGES} pages")


class ModelListFile:
    """The list in a file (see `ports.ModelListSource`)."""

    def __init__(self, path: Path, label: str, coverage: Coverage = EVERYTHING) -> None:
        self._path, self._label, self.coverage = path, label, coverage

    def fetch(self) -> FetchedDataset:
        """Return every record of the file."""
        try:
            body = self._path.read_bytes()
        except OSError as error:
            raise SourceError(f"cannot read {self._path}: {error.strerror}") from error
        records = parse_list_page(body, str(self._path)).records
        return FetchedDataset(records, self._label, self._path.name, body)


def _next_page_url(url: str, link: str) -> str:
    """Return the absolute URL of a link. Raises SourceError if it leaves the host or its scheme."""
    current = httpx.URL(url)
    try:
        following = current.join(link)
    except httpx.InvalidURL as error:
        raise SourceError(f"{LABEL} ({url}): its next page has no address: {error}") from error
    if (following.scheme, following.netloc) != (current.scheme, current.netloc):
        raise SourceError(f"{LABEL} ({url}): its next page is on another host: {link[:200]!r}")
    return str(following)
