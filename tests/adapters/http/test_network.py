"""Proxies and certificates of requests: those of the network that is passed, and no others."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from handler.adapters.http.client import BoundedHttpClient, FetchError
from handler.adapters.network import DIRECT, Network
from tests.support.servers.authority import make_authority, tls_server
from tests.support.servers.connect_proxy import ConnectProxy
from tests.support.servers.forward_proxy import ForwardProxy
from tests.support.servers.upstream import Upstream, json_body


def fetch(url: str, network: Network) -> bytes:
    async def run() -> bytes:
        async with aclosing(BoundedHttpClient(30.0, 30.0, 10_000, network=network)) as client:
            return await client.get(url)

    return asyncio.run(run())


def through(proxy: str) -> Network:
    return Network(find_proxy=lambda _url: proxy)


def test_request_goes_through_the_proxy() -> None:
    with Upstream(json_body({})) as upstream, ForwardProxy() as proxy:
        assert fetch(f"{upstream.url}/models", through(proxy.url)) == b"{}"

        assert proxy.forwarded == [f"GET {upstream.url}/models"]
        assert [request.path for request in upstream.requests] == ["/models"]


def test_each_host_has_its_own_way() -> None:
    with Upstream(json_body({})) as upstream, ForwardProxy() as proxy:
        exception = Network(find_proxy=lambda url: None if url.endswith("/direct") else proxy.url)

        assert fetch(f"{upstream.url}/direct", exception) == b"{}"
        assert proxy.forwarded == []


def test_tls_goes_through_a_tunnel_to_a_trusted_server(tmp_path: Path) -> None:
    authority = make_authority(tmp_path)
    with (
        Upstream(json_body({})) as upstream,
        tls_server(upstream.url, authority) as url,
        ForwardProxy() as proxy,
    ):
        network = through(proxy.url)._replace(certificates=str(authority))

        assert fetch(url, network) == b"{}"
        assert proxy.forwarded == [f"CONNECT {url.removeprefix('https://')}"]
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
            fetch(url, DIRECT)


def test_proxy_itself_may_be_reached_over_tls(tmp_path: Path) -> None:
    authority = make_authority(tmp_path)
    with (
        Upstream(json_body({})) as upstream,
        ForwardProxy() as proxy,
        tls_server(proxy.url, authority) as proxy_url,
    ):
        network = through(proxy_url)._replace(certificates=str(authority))

        assert fetch(f"{upstream.url}/models", network) == b"{}"
        assert proxy.forwarded == [f"GET {upstream.url}/models"]


def test_port_that_cannot_be_is_an_error() -> None:
    with pytest.raises(FetchError, match=r"^ConnectError there is no port 99999$"):
        fetch("http://127.0.0.1:99999/", DIRECT)


def test_error_of_a_proxy_names_it_without_its_password() -> None:
    with ConnectProxy() as proxy, pytest.raises(FetchError) as failed:
        fetch("https://host.example/", through(proxy.url.replace("://", "://me:secret@")))

    reason = f"ProxyError 502 Bad Gateway, through the proxy {proxy.url}"
    assert str(failed.value) == reason


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
def test_environment_is_ignored_by_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Upstream(json_body({})) as upstream, ForwardProxy() as proxy:
        monkeypatch.setenv(name, proxy.url)

        assert fetch(upstream.url, DIRECT) == b"{}"
        assert proxy.forwarded == []
