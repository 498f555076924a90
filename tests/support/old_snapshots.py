"""Snapshots of older formats, as the code of their time wrote them, and what is in them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from handler.domain.arena.leaderboard import Leaderboard, LeaderboardRow
from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage, Reading
from handler.domain.catalog.model import parse_model
from handler.domain.catalog.model_history import tracked_facts, with_listed
from handler.domain.catalog.profile import EndpointData, PastText, Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST, USAGE, Provenance
from handler.domain.catalog.timeline import ChangePoint
from handler.domain.catalog.usage import Usage
from handler.domain.text import RENDERING, RenderedDescription
from tests.support.builders import NO_PROSE

FOLDER = Path(__file__).resolve().parents[1] / "domain" / "snapshot" / "data"

FIRST = datetime(2026, 8, 1, 12, tzinfo=UTC)
SECOND = datetime(2026, 8, 11, 12, tzinfo=UTC)
THIRD = datetime(2026, 8, 21, 12, tzinfo=UTC)
LAST = datetime(2026, 8, 22, 12, 30, tzinfo=UTC)

COVERAGE = Coverage(frozenset({"image", "text"}))
MARKDOWN = "A **model** of ünïcode \u2028 words.\n\nIts second paragraph is told in full."
DESCRIPTION = RenderedDescription(
    "A model of ünïcode words. Its second paragraph is told in full.",
    "<p>A <strong>model</strong> of ünïcode \u2028 words.</p>\n"
    "<p>Its second paragraph is told in full.</p>",
)
OVERRIDES: list[dict[str, Any]] = [
    {"min_prompt_tokens": 200000, "prompt": "0.000002", "completion": "0.000004"},
    {"utc_start": 2200, "utc_end": 600, "prompt": "0.0000005"},
]
# The same in normal form: the cheapest hours are the base.
_LONG, _DAY = {"min_prompt_tokens": 200000}, {"utc_start": 600, "utc_end": 2200}
NORMAL: dict[str, Any] = {
    "prompt": "0.0000005",
    "overrides": [
        {**_DAY, "prompt": "0.000001"},
        {**_LONG, "utc_start": 0, "utc_end": 600, "completion": "0.000004"},
        {**_LONG, "utc_start": 2200, "utc_end": 2400, "completion": "0.000004"},
        {**_LONG, **_DAY, "prompt": "0.000002", "completion": "0.000004"},
    ],
}

FREE: dict[str, Any] = {
    "id": "acme/one:free",
    "canonical_slug": "acme/one-20260701",
    "hugging_face_id": "Acme/One-70B",
    "name": "Acme: One (free)",
    "created": 1782864000,
    "description": MARKDOWN,
    "context_length": 131072,
    "architecture": {
        "modality": "text->text",
        "input_modalities": ["text"],
        "output_modalities": ["text"],
    },
    "pricing": {"prompt": "0", "completion": "0"},
    "supported_parameters": ["reasoning", "tools"],
}
ONE = {
    **FREE,
    "id": "acme/one",
    "name": "Acme: One 70B",
    "description": "A **model** of ünïcode \u2028 words...",
    "pricing": {"prompt": "0.000001", "completion": "0.0000025", "overrides": OVERRIDES},
}
TWO: dict[str, Any] = {
    "id": "acme/two",
    "canonical_slug": "acme/two",
    "name": "Acme: Two",
    "context_length": 65536,
    "pricing": {"prompt": "0.0000002", "completion": "0.0000002"},
    "expiration_date": "2027-01-31",
}
PICTURE: dict[str, Any] = {
    "id": "acme/picture",
    "canonical_slug": "acme/picture",
    "name": "Acme: Picture",
    "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["image"]},
    "pricing": {"prompt": "0", "completion": "0", "image": "0.04"},
}
LATEST: dict[str, Any] = {
    "id": "~acme/latest",
    "canonical_slug": "~acme/latest",
    "name": "Acme: Latest",
    "alias_target": {"slug": "acme/two"},
    "pricing": {},
}
GONE: dict[str, Any] = {
    "id": "brook/gone",
    "canonical_slug": "brook/gone",
    "name": "Brook: Gone",
    "description": "Was here.",
    "pricing": {"prompt": "0.000005", "completion": "0.00001"},
}
LISTED = (ONE, FREE, TWO, PICTURE, LATEST)

LEADERBOARD = Leaderboard(
    date(2026, 8, 19),
    (
        LeaderboardRow(1, "one-20260701", "acme", 1500.5, 1490.25, 1510.75, 9000),
        LeaderboardRow(2, "unmatched", "other", 1400.0, 1390.0, 1410.0, 7),
    ),
)
LIST_SOURCE = Provenance(
    label="OpenRouter",
    url="https://openrouter.example/api/v1/models?output_modalities=text,image",
    fetched_at=LAST,
    as_of=LAST,
    sha256="ba5b427f360baf0d871a398164b7ff61a64dca0ea037470929a28f329c4a63eb",
    size_bytes=2117,
    records=7,
    skipped=2,
)
OTHER_SOURCES = {
    ARENA: Provenance(
        label="Arena",
        url="https://arena.example/leaderboard",
        fetched_at=LAST,
        as_of=date(2026, 8, 19),
        sha256="d0ea4929ff60668f397e9b67cc5b0f5844c01d9a1619ce59f31f0d15478cec99",
        size_bytes=431,
        records=2,
        skipped=0,
    ),
    USAGE: Provenance(
        label="OpenRouter rankings",
        url="https://openrouter.example/api/v1/datasets/rankings-daily",
        fetched_at=THIRD,
        as_of=date(2026, 8, 1),
        sha256="bf3ec4e513094dc454a86ac72d4aa25c576a6491f1f154e91d6501f0347fd16f",
        size_bytes=400,
        records=5,
        skipped=0,
        failing_since=LAST,
        failure="usage: answered 500",
    ),
    ENDPOINTS: Provenance(
        label="OpenRouter's endpoints",
        url="https://openrouter.example/api/v1/models/{id}/endpoints",
        fetched_at=THIRD,
        as_of=THIRD,
        sha256="b591cb478352e2f6c6e8316118cb4d284abdbcb06ffc0168f33419090ed530e4",
        size_bytes=664,
        records=3,
        skipped=0,
        failing_since=LAST,
        failure="endpoints: answered 500",
    ),
}


def old_snapshot(number: int) -> bytes:
    """Return the stored example of a format."""
    return (FOLDER / f"format-{number}.jsonl.gz").read_bytes()


def old_data() -> CatalogData:
    """Return the content of the stored example of each format."""
    profiles = (_one(), _free(), _two(), _picture(), _profile(LATEST), _gone())
    return CatalogData(
        as_of=LAST,
        coverage=COVERAGE,
        profiles=tuple(
            profile._replace(position=position) for position, profile in enumerate(profiles)
        ),
        sources={LIST: LIST_SOURCE, **OTHER_SOURCES},
        readings=tuple(Reading(moment, COVERAGE) for moment in (FIRST, SECOND, THIRD, LAST)),
        leaderboard=LEADERBOARD,
        rendering=0,
    )


def old_data_read_again(as_of: datetime, list_source: Provenance) -> CatalogData:
    """Return the content after another list with the same models, of a time and a source."""
    old = old_data()
    return old._replace(
        as_of=as_of,
        profiles=tuple(p if p.withdrawn else p._replace(read_at=as_of) for p in old.profiles),
        sources={**old.sources, LIST: list_source},
        readings=(*old.readings, Reading(as_of, COVERAGE)),
        rendering=RENDERING,
    )


def _one() -> Profile:
    tiers = {"prompt": "0.000001", "overrides": OVERRIDES}
    return _profile(
        ONE,
        DESCRIPTION,
        changes={
            "price": (
                (FIRST, {"prompt": "0.000001", "completion": "0.000003"}),
                (SECOND, {**NORMAL, "completion": "0.000002"}),
                (THIRD, {**NORMAL, "completion": "0.0000025"}),
            ),
            "name": ((FIRST, "Acme: One"), (SECOND, "Acme: One 70B")),
        },
        past_texts=(PastText(MARKDOWN, FIRST),),
        endpoint_data=EndpointData(
            THIRD,
            (
                {
                    "model_id": "acme/one",
                    "provider_name": "Acme",
                    "tag": "acme/fp8",
                    "quantization": "fp8",
                    "context_length": 131072,
                    "max_completion_tokens": 8192,
                    "status": 0,
                    "uptime_last_1d": 99.5,
                    "pricing": {"prompt": "0.000001", "completion": "0.000003", "discount": 0.1},
                },
                {
                    "model_id": "acme/one",
                    "provider_name": "Brook",
                    "tag": "brook",
                    "status": -2,
                    "pricing": {**tiers, "completion": "0.000002"},
                },
            ),
        ),
        arena_rank=_rank(None),
        usage=Usage(400, 1, ((date(2026, 7, 30), 0.25), (date(2026, 8, 1), 0.5))),
        former_alias="~acme/latest",
    )


def _free() -> Profile:
    return _profile(FREE, DESCRIPTION, arena_rank=_rank("acme/one"))


def _two() -> Profile:
    return _profile(
        TWO,
        changes={
            "context": ((FIRST, 32768), (SECOND, 65536)),
            "expires": ((FIRST, "2026-12-31"), (THIRD, "2027-01-31")),
        },
        endpoint_data=EndpointData(THIRD, ()),
        usage=Usage(100, 2, ((date(2026, 8, 1), 0.125),)),
    )


def _picture() -> Profile:
    endpoint = {
        "model_id": "acme/picture",
        "provider_name": "Acme",
        "tag": "acme",
        "pricing": {"image": "0.04"},
    }
    return _profile(PICTURE, endpoint_data=EndpointData(THIRD, (endpoint,)))


def _gone() -> Profile:
    presence = ((FIRST, True), (SECOND, None), (THIRD, True), (LAST, None))
    description = RenderedDescription("Was here.", "<p>Was here.</p>")
    return _profile(GONE, description, changes={"presence": presence}, read_at=THIRD)


def _profile(
    raw: dict[str, Any],
    description: RenderedDescription = NO_PROSE,
    changes: Mapping[str, Sequence[tuple[datetime, Any]]] | None = None,
    **known: Any,
) -> Profile:
    """Return a profile first seen at FIRST; `changes` are the timelines of facts that changed."""
    model = parse_model(raw, description)
    points = {fact: ((FIRST, value),) for fact, value in tracked_facts(model).items()}
    timelines = {
        fact: tuple(ChangePoint(*point) for point in timeline)
        for fact, timeline in {**points, **(changes or {})}.items()
    }
    history = with_listed(timelines, model.output_modalities)
    return Profile(model=model, history=history, **{"read_at": LAST, **known})


def _rank(inherited_from: str | None) -> ArenaRank:
    return ArenaRank(
        rank=1,
        total=2,
        rating=1500.5,
        lower=1490.25,
        upper=1510.75,
        votes=9000,
        published=date(2026, 8, 19),
        name="one-20260701",
        match_reason="same name as its canonical slug",
        inherited_from=inherited_from,
    )
