"""What reads bytes of strangers, each from the bytes to the last thing that is made of them.

The errors that a reader names are answers. Any other exception is a crash: it would end a refresh,
or a page.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from handler.adapters.arena import LABEL, _page_of, _rows
from handler.adapters.http.client import Failure
from handler.adapters.openrouter.endpoints import _record
from handler.adapters.openrouter.models import _following
from handler.domain.arena.leaderboard import as_json, board_of, leaderboard_of
from handler.domain.catalog.catalog import Contents
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.catalog.endpoints import endpoints_of, kept
from handler.domain.catalog.usage import as_json as usage_as_json
from handler.domain.catalog.usage import usage_from_json, usage_of
from handler.domain.compression import gzipped
from handler.domain.errors import InvalidJson, InvalidSnapshot, RefusedCatalog, SourceError
from handler.domain.ingest import lenient_json
from handler.domain.ingest.merge import merged
from handler.domain.ingest.model_list import page_of
from handler.domain.ingest.sanity_checks import Gates, check
from handler.domain.snapshot import codec
from handler.domain.text import Prose
from handler.ports import Fetched
from handler.services.model_list import observation

NOW = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
LATER = datetime(2026, 8, 22, 19, 35, tzinfo=UTC)
URL = "https://example.org/models"

NAMED = (SourceError, InvalidJson, RefusedCatalog)

Target = Callable[[bytes], None]


def a_snapshot(data: bytes) -> None:
    """Decode the bytes as they are, and as the lines of a snapshot, to the last line."""
    for stored in (data, gzipped(data, 1)):
        with suppress(InvalidSnapshot):
            codec.decode(stored).contents()


def a_list(data: bytes) -> None:
    """Read a list, merge it twice, and store what is known then."""
    with suppress(*NAMED):
        page = page_of(data, URL)
        with suppress(SourceError):
            _following(URL, page.next_url or "")
        fetched = Fetched(page.records, "OpenRouter", URL, data)
        known: Contents | None = None
        for moment in (NOW, LATER):
            seen, set_aside = observation(fetched, EVERYTHING, moment)
            # A set aside record leaves the others whole, and nothing later refuses one.
            check(Gates(most_set_aside=1), known, seen, len(set_aside))
            known = merged(known, seen, lambda markdown: Prose(markdown[:40], ""))
            assert codec.decode(codec.encode(known, "run")).contents() == known


def some_json(data: bytes) -> None:
    """Read any JSON, and write it again in both ways."""
    with suppress(InvalidJson):
        value = {"value": lenient_json.decode(data, "it")}
        assert json.loads(lenient_json.for_script(value)) == value
        assert json.loads(lenient_json.for_readers(value)) == value


def details(data: bytes) -> None:
    """Read who serves a model, and what would be kept of it."""
    with suppress(InvalidJson, Failure):
        record = _record(data)
        reduced = kept(record)
        for model_id in ("acme/one", "acme/one:free"):
            read = endpoints_of(record, model_id, ("text",))
            assert endpoints_of({"endpoints": reduced}, model_id, ("text",)) == read
        json.dumps(reduced, allow_nan=False).encode()


def rows(data: bytes) -> None:
    """Read ranks and usage, and store them."""
    with suppress(*NAMED):
        board, _ = leaderboard_of(_rows([_page_of(data, LABEL)], LABEL))
        assert board_of(json.loads(json.dumps(as_json(board)))) == board
    with suppress(InvalidJson):
        value = lenient_json.decode(data, "it")
        listed = value.get("rows") if isinstance(value, dict) else value
        for usage in usage_of(listed if isinstance(listed, list) else []).values():
            assert usage_from_json(json.loads(json.dumps(usage_as_json(usage)))) == usage


TARGETS: dict[str, Target] = {
    "snapshot": a_snapshot,
    "list": a_list,
    "json": some_json,
    "details": details,
    "rows": rows,
}
