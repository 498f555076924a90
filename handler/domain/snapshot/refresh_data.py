"""What only a refresh reads of a snapshot: the leaderboard, and the log of the lists."""

from collections.abc import Callable, Mapping
from typing import Any

from handler.domain.arena import leaderboard
from handler.domain.catalog.catalog import CatalogData, RefreshData
from handler.domain.catalog.coverage import readings_from_json, readings_to_json
from handler.domain.errors import BAD_SHAPE, InvalidSnapshot


def refresh_data_to_json(data: CatalogData) -> dict[str, Any]:
    """Return the stored form."""
    board = leaderboard.to_json(data.leaderboard) if data.leaderboard else None
    return {
        "leaderboard": board,
        "readings": readings_to_json(data.readings),
        "rendering": data.rendering,
    }


def parse_refresh_data(read: Callable[[], Mapping[str, Any]]) -> RefreshData:
    """Return the data of a function that returns its JSON. Raises InvalidSnapshot."""
    try:
        stored = read()
        board = leaderboard.from_json(stored["leaderboard"])
        readings = readings_from_json(stored["readings"])
        return RefreshData(board, readings, stored.get("rendering", 0))
    except BAD_SHAPE as error:
        raise InvalidSnapshot(f"the stored data of refreshes cannot be read: {error!r}") from error
