"""OpenRouter's endpoints of models: the providers that serve each, and their prices.

They take one request for each model. A batch of requests ends within its limits, and keeps the
responses that it got until then.

A variant (`author/slug:free`) is requested by its own id only. Of the 25 responses for variants
that are stored from 2026-05, 17 list endpoints, and all of these are the base model's: its
`model_id`, its prices. Requests by the base id would show the paid model's prices on a free one's
page.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import Any

from handler.adapters.http.client import BoundedHttpClient
from handler.adapters.http.limits import BatchLimits
from handler.adapters.network import DIRECT, Network
from handler.adapters.openrouter.endpoint_requests import LABEL, EndpointRequests
from handler.domain.errors import InvalidJson
from handler.domain.ingest.lenient_json import parse_json
from handler.ports import EndpointBatch, EndpointResponse

ENDPOINTS_PATH = "/models/{id}/endpoints"


class OpenRouterEndpoints:
    """The endpoints that are served at a URL with `{id}` in it (see `ports.EndpointSource`)."""

    label = LABEL

    def __init__(
        self, url: str, limits: BatchLimits, api_key: str | None = None, network: Network = DIRECT
    ) -> None:
        self.url = url
        self._limits = limits
        self._api_key = api_key
        self._network = network

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return the endpoints of the models. The first ones are requested first."""
        return asyncio.run(self._fetch(model_ids))

    async def _fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        limits = self._limits
        client = BoundedHttpClient(
            limits.total_seconds,
            limits.read_timeout_seconds,
            limits.max_body_bytes,
            self._api_key,
            self._network,
        )
        async with aclosing(client):
            return await EndpointRequests(self.url, limits, client, model_ids).run()


class EndpointsFile:
    """Endpoints from a file: one object of responses by model id (see `ports.EndpointSource`)."""

    label = LABEL

    def __init__(self, path: Path, fetched_at: datetime) -> None:
        self.url = path.name
        self._path = path
        self._fetched_at = fetched_at

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Return the endpoints that the file has of the models."""
        try:
            value = parse_json(self._path.read_bytes(), str(self._path))
        except (OSError, InvalidJson) as error:
            return EndpointBatch((), (f"cannot read {self._path}: {error}",))
        stored = value if isinstance(value, dict) else {}
        found = [model_id for model_id in model_ids if isinstance(stored.get(model_id), dict)]
        return EndpointBatch(tuple(self._response(i, stored[i]) for i in found), ())

    def _response(self, model_id: str, value: dict[str, Any]) -> EndpointResponse:
        body = json.dumps(value, ensure_ascii=False).encode()
        return EndpointResponse(model_id, value.get("data"), body, self._fetched_at)
