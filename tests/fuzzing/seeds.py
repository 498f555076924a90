"""Good answers for the fuzzer to begin with: small ones, in which every branch has something."""

import gzip
import json
from datetime import date, timedelta
from typing import Any

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.catalog.profile import EndpointData
from handler.domain.catalog.usage import Usage
from handler.domain.snapshot.encode import encode
from tests.support.builders import (
    AS_OF,
    HERMES,
    STANDING,
    contents,
    profile,
    record,
    record_listing,
    withdrawn,
)

TIERED = {
    "prompt": "0.000001",
    "completion": "0.000002",
    "image": "0.001",
    "overrides": [
        {"min_prompt_tokens": 200_000, "prompt": "0.000004"},
        {"utc_start": 100, "utc_end": 900, "prompt": "0"},
    ],
}
ENDPOINT: dict[str, Any] = {
    "provider_name": "Provider",
    "tag": "provider/fp8",
    "quantization": "fp8",
    "status": -1,
    "context_length": 131072,
    "max_completion_tokens": 4096,
    "uptime_last_1d": 99.5,
    "pricing": {**TIERED, "discount": 0.5},
}
ROW = {
    "rank": 1,
    "model_name": "hermes",
    "rating": 1400.5,
    "rating_lower": 1390.0,
    "rating_upper": 1410,
    "vote_count": 9876.0,
    "category": "overall",
    "organization": "nous",
    "leaderboard_publish_date": "2026-08-19",
}
FULL = record(
    "acme/one:free",
    pricing=TIERED,
    default_parameters={"temperature": 1},
    alias_target={},
    knowledge_cutoff="2025-01-31",
    expiration_date="2027-01-31",
    architecture={"modality": "a->b"},
)


def _snapshot() -> bytes:
    changed = profile({**HERMES, "name": "Hermes"})
    past = record_listing(changed.history, profile(HERMES).model, AS_OF + timedelta(1))
    known = profile(
        HERMES,
        history=past,
        endpoint_data=EndpointData(AS_OF, (ENDPOINT,)),
        arena_rank=STANDING,
        usage=Usage(5, 1, ((date(2026, 8, 20), 0.25), (date(2026, 8, 21), 0.5))),
    )
    board = Leaderboard(date(2026, 8, 19), (LeaderboardRow(1, "x", "", 2.0, 1.0, 3.0, 4),))
    whole = contents(known, withdrawn(FULL), leaderboard=board)
    return gzip.decompress(encode(whole, "run"))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


SEEDS: dict[str, list[bytes]] = {
    "snapshot": [_snapshot()],
    "list": [_json({"data": [HERMES, FULL], "links": {"next": "/2?x=1"}}), _json([record()])],
    "json": [
        _json({"a": [1, -2.5e3, None, True, "\u00e9\ud83d\ude00"]}),
        b"[[[[]]]]",
        b'"\\ud800"',
    ],
    "details": [_json({"data": {"id": "acme/one", "endpoints": [ENDPOINT, ENDPOINT]}})],
    "rows": [
        _json({"num_rows_total": 1, "rows": [{"row_idx": 0, "row": ROW}]}),
        _json(
            {"rows": [{"date": "2026-08-21", "model_permaslug": "a/b", "total_tokens": "5"}] * 2}
        ),
    ],
}
