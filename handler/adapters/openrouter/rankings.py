"""OpenRouter's daily rankings: how many tokens went to which model.

Without a query it tells of the 31 days up to the last whole one (UTC).
Source: https://openrouter.ai/docs/api/api-reference/datasets/get-rankings-daily
"""

from collections.abc import Callable
from functools import partial

from handler.adapters.http.retry import RetryingClient, RetryPolicy
from handler.domain.errors import SourceError
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import FetchedDataset

LABEL = "OpenRouter rankings"
RANKINGS_PATH = "/datasets/rankings-daily"

_MAX_AS_OF_CHARACTERS = 40  # an ISO 8601 timestamp


class OpenRouterRankings:
    """The rankings as served at a URL (see `ports.DatasetSource`), for the holder of any API key."""

    def __init__(
        self,
        url: str,
        patience: RetryPolicy,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        api_key: str,
    ) -> None:
        """Take a clock in seconds that never goes back, and the sleep that goes with it."""
        self._url = url
        self._fetching = partial(RetryingClient, LABEL, patience, clock, sleep, api_key)

    def fetch(self) -> FetchedDataset:
        """Return every row of every day, and as of when, which must be cited."""
        what = f"{LABEL} ({self._url})"
        with self._fetching() as upstream:
            body = upstream.get(self._url)
        value = parse_json(body, what)
        rows = value.get("data") if isinstance(value, dict) else None
        if not isinstance(rows, list) or not rows:
            raise SourceError(f"{what} holds no rows under 'data'")
        meta = value.get("meta")
        as_of = meta.get("as_of") if isinstance(meta, dict) else None
        if not isinstance(as_of, str) or not 0 < len(as_of) <= _MAX_AS_OF_CHARACTERS:
            raise SourceError(f"{what} does not say as of when, and so cannot be cited")
        return FetchedDataset(rows, LABEL, self._url, body, as_of)
