"""A request as the site sees it: plain values, whichever door it came through."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl

# Every request header that changes an answer. The doors pass on no others.
VARYING_REQUEST_HEADERS = ("accept-encoding", "if-none-match", "if-range", "range")

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Request(NamedTuple):
    """One request.

    `path` is decoded and starts with a slash, `query` is the raw query string, `headers` have
    lower-case names.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = _NO_HEADERS

    def params(self) -> list[tuple[str, str]]:
        """Return the query parameters in order, blank values included."""
        return parse_qsl(self.query, keep_blank_values=True)

    def param(self, name: str) -> str:
        """Return the last value of a query parameter, "" where it is absent."""
        return dict(self.params()).get(name, "")
