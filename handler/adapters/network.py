"""How requests leave this machine: through which proxies, and whose certificates are trusted.

The Lambda functions connect directly. Commands pass what the environment says.
"""

from collections.abc import Callable
from typing import NamedTuple


def connect_directly(_url: str) -> str | None:
    """Return None, no proxy, for any URL."""
    return None


class Network(NamedTuple):
    """The way to other hosts.

    `find_proxy` returns the URL of the proxy for a URL, None for a direct connection.
    `certificates` is a file of trusted certificates in PEM, None for the public ones;
    `aws_certificates` is that of the AWS SDK.
    """

    find_proxy: Callable[[str], str | None] = connect_directly
    certificates: str | None = None
    aws_certificates: str | None = None

    def sdk_proxies(self, url: str) -> dict[str, str]:
        """Return the proxies for a host of AWS, as botocore's Config takes them.

        An empty dictionary is none, whereas None would be those of the environment.
        """
        proxy = self.find_proxy(url)
        return {"http": proxy, "https": proxy} if proxy else {}


DIRECT = Network()
