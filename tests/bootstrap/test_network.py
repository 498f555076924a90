"""The Lambda functions ignore the environment's proxies; commands pass their own network."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handler.adapters.network import DIRECT, Network
from handler.adapters.ssm import read_secure_string
from handler.bootstrap.refresh import build_scheduled_refresh, live_sources, snapshot_repository
from handler.domain.errors import SourceError, StoreUnavailable
from handler.ports import DatasetSource
from handler.services.sources import Sources
from handler.settings import Settings
from tests.support.builders import HERMES
from tests.support.servers.forward_proxy import ForwardProxy
from tests.support.servers.upstream import Upstream, by_path, json_body, status

NOW = datetime(2026, 9, 1, tzinfo=UTC)
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
ON_AWS = {"AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1"}
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForwardProxy]:
    """A proxy that the environment names for everything."""
    for name in ("NO_PROXY", "no_proxy", *(name.lower() for name in PROXY_VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    with ForwardProxy() as server:
        variables = dict.fromkeys(PROXY_VARIABLES, server.url) | ON_AWS | KEYS
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield server


def through(proxy: ForwardProxy) -> Network:
    return Network(find_proxy=lambda _url: proxy.url)


def list_settings(upstream: Upstream, store: Path) -> dict[str, str]:
    return {
        "BURGEE_STORE": str(store),
        "OPENROUTER_URL": upstream.url,
        "ARENA_URL": f"{upstream.url}/rows",
        "OPENROUTER_API_KEY": "key",
    }


def test_scheduled_refresh_uses_no_proxy(proxy: ForwardProxy, tmp_path: Path) -> None:
    pages = {"/models": json_body({"data": [HERMES]})}
    with Upstream(by_path(pages)) as upstream:
        refresh = build_scheduled_refresh(list_settings(upstream, tmp_path))
        refresh(as_of=NOW, progress=lambda _step: None)

        assert len({request.path.partition("?")[0] for request in upstream.requests}) == 4
    assert proxy.forwarded == []


def test_functions_reach_aws_without_proxy(
    proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Upstream(status(403)) as upstream:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSM", upstream.url)
        with pytest.raises(SourceError):
            read_secure_string("/burgee/key")
        with pytest.raises(StoreUnavailable):
            snapshot_repository(s3_settings(upstream)).load()

        assert len(upstream.requests) >= 2
    assert proxy.forwarded == []


def s3_settings(upstream: Upstream) -> Settings:
    return Settings("s3://bucket/catalog", aws_region="x-1", s3_endpoint_url=upstream.url)


def dataset(source: DatasetSource | None) -> DatasetSource:
    assert source
    return source


def fetch_all(sources: Sources) -> None:
    """Fetch from each source, whatever they answer."""
    assert sources.endpoints
    sources.endpoints.fetch(["acme/one"])
    for source in (sources.models, dataset(sources.arena), dataset(sources.usage)):
        with pytest.raises(SourceError):
            source.fetch()


def test_every_source_uses_the_network_that_is_passed(proxy: ForwardProxy, tmp_path: Path) -> None:
    with Upstream(status(404)) as upstream:
        settings = Settings.from_env(list_settings(upstream, tmp_path))
        fetch_all(live_sources(settings, network=through(proxy)))

        assert [line.removeprefix("GET ").split("?")[0] for line in proxy.forwarded] == [
            f"{upstream.url}/models/acme/one/endpoints",
            f"{upstream.url}/models",
            f"{upstream.url}/rows",
            f"{upstream.url}/datasets/rankings-daily",
        ]
        fetch_all(live_sources(settings, network=DIRECT))
    assert len(proxy.forwarded) == 4


def test_aws_is_reached_through_the_network_that_is_passed(
    proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Upstream(status(403)) as upstream:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSM", upstream.url)
        with pytest.raises(SourceError):
            read_secure_string("/burgee/key", network=through(proxy))
        with pytest.raises(StoreUnavailable):
            snapshot_repository(s3_settings(upstream), through(proxy)).load()

    assert [line.split("?")[0] for line in proxy.forwarded] == [
        f"POST {upstream.url}/",
        f"GET {upstream.url}/bucket/catalog/{proxy.forwarded[1].rpartition('/')[2]}",
    ]
