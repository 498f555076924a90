"""What reads bytes of strangers, each from the bytes to the last thing that is made of them.

The errors that a reader names are answers. Any other exception is a crash: it would end a refresh,
or a page.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from handler.adapters.arena import LABEL, _join_rows, _parse_page
from handler.adapters.http.client import FetchError
from handler.adapters.openrouter.endpoint_requests import _parse_record
from handler.adapters.openrouter.models import _next_page_url
from handler.domain.arena import leaderboard
from handler.domain.catalog import usage
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.catalog.endpoints import compact_endpoints, parse_endpoints
from handler.domain.compression import gzip_deterministic
from handler.domain.errors import CatalogRejected, InvalidJson, InvalidSnapshot, SourceError
from handler.domain.formatting import format_script_json
from handler.domain.ingest import lenient_json
from handler.domain.ingest.merge import merge_model_list
from handler.domain.ingest.model_list import parse_list_page
from handler.domain.ingest.sanity_checks import SanityLimits, check_model_list
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.text import RenderedDescription
from handler.ports import FetchedDataset
from handler.services.model_list import parse_model_list
from handler.web.formatting import pretty_json

NOW = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
LATER = datetime(2026, 8, 22, 19, 35, tzinfo=UTC)
URL = "https://example.org/models"

NAMED = (SourceError, InvalidJson, CatalogRejected)

Target = Callable[[bytes], None]


def a_snapshot(data: bytes) -> None:
    """Decode the bytes as they are, and as the lines of a snapshot, to the last line."""
    for stored in (data, gzip_deterministic(data, 1)):
        with suppress(InvalidSnapshot):
            decode_whole(stored).load_all()


def a_list(data: bytes) -> None:
    """Read a list, merge it twice, and store what is known then."""
    with suppress(*NAMED):
        page = parse_list_page(data, URL)
        with suppress(SourceError):
            _next_page_url(URL, page.next_url or "")
        fetched = FetchedDataset(page.records, "OpenRouter", URL, data)
        known: CatalogData | None = None
        for moment in (NOW, LATER):
            seen, skipped = parse_model_list(fetched, EVERYTHING, moment)
            # A set aside record leaves the others whole, and nothing later refuses one.
            check_model_list(SanityLimits(max_skipped_fraction=1), known, seen, len(skipped))
            known = merge_model_list(
                known, seen, lambda markdown: RenderedDescription(markdown[:40], "")
            )
            assert decode_whole(encode(known, "run")).load_all() == known


def some_json(data: bytes) -> None:
    """Read any JSON, and write it again in both ways."""
    with suppress(InvalidJson):
        value = {"value": lenient_json.parse_json(data, "it")}
        assert json.loads(format_script_json(value)) == value
        assert json.loads(pretty_json(value)) == value


def details(data: bytes) -> None:
    """Read who serves a model, and what would be kept of it."""
    with suppress(FetchError):
        record = _parse_record(data)
        reduced = compact_endpoints(record)
        for model_id in ("acme/one", "acme/one:free"):
            read = parse_endpoints(record, model_id, ("text",))
            assert parse_endpoints({"endpoints": reduced}, model_id, ("text",)) == read
        json.dumps(reduced, allow_nan=False).encode()


def rows(data: bytes) -> None:
    """Read ranks and usage, and store them."""
    with suppress(*NAMED):
        board, _ = leaderboard.parse_leaderboard(_join_rows([_parse_page(data, LABEL)], LABEL))
        assert leaderboard.from_json(json.loads(json.dumps(leaderboard.to_json(board)))) == board
    with suppress(InvalidJson):
        value = lenient_json.parse_json(data, "it")
        listed = value.get("rows") if isinstance(value, dict) else value
        for used in usage.parse_rankings(listed if isinstance(listed, list) else []).values():
            assert usage.from_json(json.loads(json.dumps(usage.to_json(used)))) == used


TARGETS: dict[str, Target] = {
    "snapshot": a_snapshot,
    "list": a_list,
    "json": some_json,
    "details": details,
    "rows": rows,
}
