"""A refresh over real HTTP from upstreams that misbehave: an error that names them, no change."""

import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from handler.adapters.http.retry import RetryPolicy
from handler.adapters.openrouter.models import OpenRouterModelList
from handler.adapters.storage.file_store import FileStore
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.domain.errors import BurgeeError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import refresh_catalog
from handler.services.sources import Sources
from tests.support.builders import AS_OF, catalog_bytes, record
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    drip,
    gzip_bomb,
    half_a_body,
    half_a_closed_body,
    html,
    huge,
    json_body,
    nothing,
    refuses,
    status,
    too_many_requests,
)

POLICY = RetryPolicy(
    total_seconds=2.0, read_timeout_seconds=0.5, max_attempts=2, initial_backoff_seconds=0.01
)
MAX_SECONDS = 30.0
BEFORE = catalog_bytes([record(f"acme/{n}") for n in range(20)])
ALMOST_NONE = json_body({"data": [record("acme/1")]})
DEEP = json_body([{"id": "acme/1", "x": [[[[[]]]]]}] * 3)

BAD = {
    "500": [status(500)],
    "429, retry in an hour": [too_many_requests(3_600)],
    "429, retry now": [too_many_requests(0)],
    "nothing": [nothing()],
    "a reset connection": [refuses()],
    "half a body": [half_a_body()],
    "half a body without a length": [half_a_closed_body()],
    "HTML": [html()],
    "an empty list": [json_body([])],
    "an empty list under data": [json_body({"data": []})],
    "{}": [json_body({})],
    "a string": [json_body("models")],
    "200 MB": [huge(200_000_000)],
    "a gzip bomb": [gzip_bomb(200_000_000)],
    "a slow drip": [drip(0.05)],
    "500, then HTML": [status(500), html()],
    "most models gone": [ALMOST_NONE],
    "one model, many times": [DEEP],
}


@pytest.mark.parametrize("behaviours", BAD.values(), ids=BAD)
def test_a_bad_upstream_is_named_and_changes_no_byte(
    behaviours: Sequence[Behaviour], tmp_path: Path
) -> None:
    store = FileStore(tmp_path)
    store.put(BEFORE, None)
    started = time.monotonic()

    with Upstream(*behaviours) as server:
        source = OpenRouterModelList(f"{server.url}/models", POLICY)
        repository = local_snapshot_repository(tmp_path)
        later = AS_OF + timedelta(hours=1)
        with pytest.raises(BurgeeError, match=r"OpenRouter|known models|records cannot be"):
            refresh_catalog(
                Sources(source),
                repository,
                markdown_renderer(),
                later,
                SanityLimits(),
                lambda _step: None,
            )

    assert store.read().body == BEFORE
    assert time.monotonic() - started < MAX_SECONDS
