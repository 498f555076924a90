"""HTTP connections through the proxies of a network."""

import ssl

import httpx

from handler.adapters.network import Network

_MAX_PORT = 65_535


class NetworkTransport(httpx.AsyncBaseTransport):
    """Sends each request through the proxy for its URL, or directly."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._context = tls_context(network)
        self._transports: dict[str | None, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response. Errors name the proxy, which may be their cause."""
        if (request.url.port or 0) > _MAX_PORT:  # asyncio raises an ExceptionGroup
            raise httpx.ConnectError(f"there is no port {request.url.port}")
        proxy = self._network.find_proxy(str(request.url))
        if proxy not in self._transports:
            through = build_proxy(proxy, self._context)
            self._transports[proxy] = httpx.AsyncHTTPTransport(self._context, proxy=through)
        try:
            return await self._transports[proxy].handle_async_request(request)
        except httpx.TransportError as error:
            if proxy is None:
                raise
            raise type(error)(describe_proxy_error(error, proxy)) from error

    async def aclose(self) -> None:
        """Close the connections."""
        for transport in self._transports.values():
            await transport.aclose()


def tls_context(network: Network) -> ssl.SSLContext:
    """Return the context that trusts the network's certificates."""
    if network.certificates is None:
        return httpx.create_ssl_context(trust_env=False)
    return ssl.create_default_context(cafile=network.certificates)


def build_proxy(url: str | None, context: ssl.SSLContext) -> httpx.Proxy | None:
    """Return the proxy at a URL, None for None. One that is reached over TLS is verified too."""
    if url is None:
        return None
    return httpx.Proxy(url, ssl_context=context if url.startswith("https:") else None)


def describe_proxy_error(error: Exception, proxy: str) -> str:
    """Return the reason of an error, with the proxy but without its password."""
    url = httpx.URL(proxy)
    reason = str(error) or type(error).__name__
    return f"{reason}, through the proxy {url.copy_with(userinfo=b'')}"
