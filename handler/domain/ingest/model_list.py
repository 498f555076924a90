"""The shapes in which OpenRouter has served its list of models."""

from typing import Any, NamedTuple

from handler.domain.errors import SourceError
from handler.domain.ingest.lenient_json import parse_json


class ListPage(NamedTuple):
    """One response: its records, unchecked, and the URL of the next page, if there is one."""

    records: list[Any]
    next_url: str | None


def parse_list_page(body: bytes, name: str) -> ListPage:
    """Return the records of one response. Errors call it by its name.

    Accepts `{"data": [...], "links": {"next": …}}` (since 2026-07), `{"data": [...]}` and a bare
    list. Raises SourceError for any other shape and for an empty list, InvalidJson if it is not
    JSON.
    """
    value = parse_json(body, name)
    records = value.get("data") if isinstance(value, dict) else value
    if not isinstance(records, list):
        raise SourceError(f"{name} holds no list of models: no list, and no list under 'data'")
    if not records:
        raise SourceError(f"{name} lists no models")
    return ListPage(records, _next_url(value))


def _next_url(value: Any) -> str | None:
    links = value.get("links") if isinstance(value, dict) else None
    url = links.get("next") if isinstance(links, dict) else None
    return url if isinstance(url, str) and url else None
