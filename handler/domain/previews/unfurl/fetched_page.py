"""A page or an image as a crawler fetched it."""

from collections.abc import Mapping
from typing import NamedTuple


class FetchedPage(NamedTuple):
    """The final response with its body decompressed, and the redirects that led to it.

    Header names are in lower case. `hops` are the absolute URLs of the redirects, `locations` the
    same as written in the responses. `head_status` is the status of a preceding HEAD request;
    `seconds` is the duration of all requests together. `encoding` is Python's codec of a page.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    seconds: float = 0.0
    head_status: int | None = None
    encoding: str = "utf-8"

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()
