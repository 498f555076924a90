"""The variables of the environment for proxies and certificates, as every command reads them."""

from pathlib import Path

import pytest

from handler.domain.errors import SettingsError
from scripts.lib.network import network_from_env

PROXY = "http://proxy.example:3128"
PROXIES = {"HTTPS_PROXY": PROXY, "HTTP_PROXY": PROXY}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, (None, None)),
        ({"HTTP_PROXY": PROXY}, (PROXY, None)),
        ({"https_proxy": "proxy.example:3128"}, (None, PROXY)),
        ({"ALL_PROXY": PROXY}, (PROXY, PROXY)),
        ({"all_proxy": PROXY, "HTTP_PROXY": "http://other"}, ("http://other", PROXY)),
        ({"HTTPS_PROXY": "http://other", "https_proxy": PROXY}, (None, PROXY)),
        ({"HTTP_PROXY": PROXY, "http_proxy": ""}, (None, None)),
        ({"HTTP_PROXY": "", "NO_PROXY": ""}, (None, None)),
        ({"ALL_PROXY": "socks5://unused", **PROXIES}, (PROXY, PROXY)),
    ],
    ids=str,
)
def test_proxy_is_that_of_the_scheme(
    environment: dict[str, str], expected: tuple[str | None, str | None]
) -> None:
    network = network_from_env(environment)

    found = [network.find_proxy(f"{scheme}://host.example/") for scheme in ("http", "https")]
    assert tuple(found) == expected


@pytest.mark.parametrize(
    ("no_proxy", "direct", "proxied"),
    [
        ("example.org", ["http://example.org", "https://a.EXAMPLE.org/"], ["http://anexample.org"]),
        (".example.org", ["http://example.org", "http://a.example.org"], ["http://example.com"]),
        ("*.example.org", ["http://a.example.org"], ["http://example.org.uk"]),
        ("a.example, b.example c.example", ["http://b.example", "http://c.example"], []),
        (
            "localhost:8000",
            ["http://localhost:8000"],
            ["http://localhost", "https://localhost:99999"],
        ),
        ("example.org:443", ["https://example.org/x"], ["http://example.org/x"]),
        ("127.0.0.1", ["http://127.0.0.1:80"], ["http://127.0.0.2"]),
        ("10.0.0.0/8", ["http://10.1.2.3:8080/"], ["http://11.0.0.1", "http://ten.example"]),
        ("::1,[fe80::1]", ["http://[::1]:80/", "http://[fe80::1]"], ["http://[::2]"]),
        ("[::1]:8080", ["http://[::1]:8080/"], ["http://[::1]/"]),
        ("fd00::/8", ["http://[fd00::7]/"], ["http://10.0.0.1"]),
        ("*", ["http://a.example", "https://[::1]"], []),
    ],
)
def test_no_proxy_names_hosts_domains_and_ranges(
    no_proxy: str, direct: list[str], proxied: list[str]
) -> None:
    network = network_from_env({**PROXIES, "NO_PROXY": no_proxy})

    assert [network.find_proxy(url) for url in direct] == [None] * len(direct)
    assert [network.find_proxy(url) for url in proxied] == [PROXY] * len(proxied)


NOT_A_URL = "is not the URL of a proxy, such as http://proxy.example:3128"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"HTTPS_PROXY": "http://"}, f"HTTPS_PROXY {NOT_A_URL}"),
        ({"http_proxy": "http://me:secret@host:port"}, f"http_proxy {NOT_A_URL}"),
        ({"HTTP_PROXY": "http://host:99999"}, f"HTTP_PROXY {NOT_A_URL}"),
        ({"ALL_PROXY": "http://[::1"}, f"ALL_PROXY {NOT_A_URL}"),
        ({"ALL_PROXY": "a b"}, f"ALL_PROXY {NOT_A_URL}"),
        ({"ALL_PROXY": "http://prôxy"}, f"ALL_PROXY {NOT_A_URL}"),
        ({"ALL_PROXY": "http://a%zz"}, f"ALL_PROXY {NOT_A_URL}"),
        (
            {"ALL_PROXY": "socks5://me:secret@host:1080"},
            "ALL_PROXY is a socks5:// proxy: only http:// and https:// work",
        ),
        (
            {**PROXIES, "NO_PROXY": "localhost,10.0.0.0/99"},
            "NO_PROXY has '10.0.0.0/99', which is no host, domain or address range",
        ),
        (
            {"SSL_CERT_FILE": "/no/such/file"},
            "SSL_CERT_FILE is '/no/such/file', which cannot be read: No such file or directory",
        ),
        (
            {"SSL_CERT_FILE": __file__},
            f"SSL_CERT_FILE is {__file__!r}, which cannot be read: it holds no certificates",
        ),
    ],
    ids=str,
)
def test_invalid_variable_is_refused_by_name(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        network_from_env(environment)

    assert str(refused.value) == sentence


def test_the_sdk_has_certificates_of_its_own(tmp_path: Path) -> None:
    network = network_from_env({"AWS_CA_BUNDLE": "/its/own"})

    assert (network.certificates, network.aws_certificates) == (None, "/its/own")
