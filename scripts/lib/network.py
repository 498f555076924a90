"""How commands reach other hosts: by the variables of the environment that most programs know.

HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are read as curl reads them, in capitals or not.
"""

import ipaddress
import os
import re
import ssl
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from handler.adapters.network import Network
from handler.domain.errors import SettingsError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_EVERYTHING = "*"
_HOST_NAME = re.compile(r"[\w.-]+|[\da-f:.]+", re.IGNORECASE)
_HOST = re.compile(r"\*?\.?([\w.-]+|\[[\da-f:.]+\])(?::(\d+))?", re.IGNORECASE)

_Range = ipaddress.IPv4Network | ipaddress.IPv6Network


def network_from_env(environment: Mapping[str, str] = os.environ) -> Network:
    """Return the network of the environment. Raises SettingsError, naming the variable."""
    proxies = {scheme: _parse_proxy(environment, scheme) for scheme in _DEFAULT_PORTS}
    exceptions = _parse_exceptions(environment)
    certificates = _parse_certificates(environment)
    return Network(
        partial(_find_proxy, proxies, exceptions),
        certificates,
        environment.get("AWS_CA_BUNDLE") or certificates,
    )


def _find_proxy(
    proxies: Mapping[str, str | None], exceptions: Sequence[str], url: str
) -> str | None:
    parts = urlsplit(url)
    is_exception = any(_matches(exception, parts) for exception in exceptions)
    return None if is_exception else proxies.get(parts.scheme)


def _matches(exception: str, url: SplitResult) -> bool:
    """Return whether an entry of NO_PROXY covers a URL: its host, a domain, or a range."""
    if found := _parse_range(exception):
        address = _parse_range(url.hostname or "")
        return bool(address and address.version == found.version and address[0] in found)
    match = _HOST.fullmatch(exception)
    if match is None:
        return exception == _EVERYTHING
    if match[2] and match[2] != _port(url):
        return False
    return f".{url.hostname}".endswith(f".{match[1].strip('[].').lower()}")


def _port(url: SplitResult) -> str:
    try:
        return str(url.port or _DEFAULT_PORTS.get(url.scheme))
    except ValueError:  # above 65535, in a redirect
        return ""


def _parse_range(text: str) -> _Range | None:
    """Return the addresses of a range, or of one address with or without brackets."""
    try:
        return ipaddress.ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _get(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """Return the name of a variable and its value. The one in small letters goes first."""
    small = name.lower()
    name = small if small in environment else name
    return name, environment.get(name, "")


def _parse_proxy(environment: Mapping[str, str], scheme: str) -> str | None:
    """Return the URL of the proxy for a scheme, None if there is none."""
    name, value = _get(environment, f"{scheme.upper()}_PROXY")
    if not value:
        name, value = _get(environment, "ALL_PROXY")
    if not value.strip():
        return None
    url = value.strip() if "://" in value else f"http://{value.strip()}"
    if not _is_url(url):  # no value in the error: it may have a password in it
        raise SettingsError(f"{name} is not the URL of a proxy, such as http://proxy.example:3128")
    kind = urlsplit(url).scheme
    if kind not in _DEFAULT_PORTS:
        raise SettingsError(f"{name} is a {kind}:// proxy: only http:// and https:// work")
    return url


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(_HOST_NAME.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return False
    return has_host and url.isascii() and url.isprintable()


def _parse_exceptions(environment: Mapping[str, str]) -> Sequence[str]:
    name, value = _get(environment, "NO_PROXY")
    exceptions = [entry for entry in re.split(r"[,\s]+", value) if entry]
    for entry in exceptions:
        if entry != _EVERYTHING and not _HOST.fullmatch(entry) and not _parse_range(entry):
            raise SettingsError(f"{name} has {entry!r}, which is no host, domain or address range")
    return exceptions


def _parse_certificates(environment: Mapping[str, str]) -> str | None:
    """Return the file of trusted certificates, None for the public ones."""
    path = environment.get("SSL_CERT_FILE")
    if not path:
        return None
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:
        reason = "it holds no certificates" if Path(path).is_file() else error.strerror
        raise SettingsError(f"SSL_CERT_FILE is {path!r}, which cannot be read: {reason}") from error
    return path
