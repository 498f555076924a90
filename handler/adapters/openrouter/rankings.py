"""OpenRouter's daily rankings: the tokens that each model processed.

Without a query the response covers the 31 days up to the last whole one (UTC).
Source: https://openrouter.ai/docs/api/api-reference/datasets/get-rankings-daily
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.adapters.network import DIRECT, Network
from handler.domain.errors import SourceError
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import FetchedDataset

LABEL = "OpenRouter rankings"
RANKINGS_PATH = "/datasets/rankings-daily"

_MAX_AS_OF_CHARACTERS = 40  # an ISO 8601 timestamp


class OpenRouterRankings:
    """The rankings that are served at a URL, with any API key (see `ports.DatasetSource`).

    `read_api_key` is called only when the rankings are due; it may raise SourceError.
    """

    def __init__(
        self,
        url: str,
        policy: RetryPolicy,
        read_api_key: Callable[[], str],
        network: Network = DIRECT,
    ) -> None:
        self._url, self._policy, self._read_api_key = url, policy, read_api_key
        self._network = network

    def fetch(self) -> FetchedDataset:
        """Return every row of every day, with the time that a citation must name."""
        body = asyncio.run(self._fetch_body())
        name = f"{LABEL} ({self._url})"
        value = parse_json(body, name)
        rows = value.get("data") if isinstance(value, dict) else None
        if not isinstance(rows, list) or not rows:
            raise SourceError(f"{name} holds no rows under 'data'")
        meta = value.get("meta")
        as_of = meta.get("as_of") if isinstance(meta, dict) else None
        if not isinstance(as_of, str) or not 0 < len(as_of) <= _MAX_AS_OF_CHARACTERS:
            raise SourceError(f"{name} does not say as of when, and so cannot be cited")
        return FetchedDataset(rows, LABEL, self._url, body, as_of)

    async def _fetch_body(self) -> bytes:
        key = self._read_api_key()
        async with aclosing(RetryingClient(LABEL, self._policy, key, self._network)) as client:
            return await client.get(self._url)
