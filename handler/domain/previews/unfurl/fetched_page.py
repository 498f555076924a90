"""An answer from the web, whole: a page or a picture as some client got it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """The last answer, its body uncompressed, and what led there.

    Header names are in lower case. `hops` are the addresses that redirects led to, `locations` are
    these as the answers wrote them. `head_status` is the answer to a HEAD that came first,
    `seconds` are all that it took.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    seconds: float = 0.0
    head_status: int | None = None

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()
