"""The real leaderboard beside the project, matched with the real catalogs."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from handler.domain.arena.leaderboard import Leaderboard, parse_leaderboard
from handler.domain.arena.matches import MatchResult
from handler.domain.catalog.model import Model
from handler.domain.ingest.model_list import parse_list_page
from tests.support.builders import model
from tests.support.external import shared, shared_catalogs


def real_leaderboard() -> Leaderboard:
    """Return the leaderboard, all of whose rows are valid; skip the test where it is absent."""
    place = shared()
    found = sorted(place.glob("arena/*overall.json")) if place else []
    if not found:
        pytest.skip("the real leaderboard is not beside the project")
    leaderboard, problems = parse_leaderboard(json.loads(found[-1].read_text())["rows"])
    assert problems == ()
    return leaderboard


def real_models(*names: str) -> list[Model]:
    """Return the models of the named catalogs, of all without names: the newest of each id."""
    paths = [path for path in shared_catalogs() if path.stem in names or not names]
    if not paths or len(paths) < len(names):
        pytest.skip("the real catalogs are not beside the project")
    return models_of(paths)


def models_of(paths: Sequence[Path]) -> list[Model]:
    """Return the models of catalogs, the last of each id."""
    records = (
        record for path in paths for record in parse_list_page(path.read_bytes(), path.name).records
    )
    return list({record["id"]: model(record) for record in records}.values())


def matched_rows(result: MatchResult) -> dict[str, str]:
    """Return the model of each matched row, those at other efforts included."""
    own = [(i, rank) for i, rank in result.ranks.items() if rank.inherited_from is None]
    others = {other.name: i for i, rank in own for other in rank.other_efforts}
    return {**others, **{rank.name: i for i, rank in own}}
