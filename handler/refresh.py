"""Lambda entry point: a scheduled event in, a refreshed snapshot in the store."""

import logging
from datetime import UTC, datetime
from typing import Any

from handler.bootstrap import scheduled_refresh

_log = logging.getLogger(__name__)


def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Refresh the catalog once, and return what was found. Whatever the event says is ignored."""
    found = scheduled_refresh()(as_of=datetime.now(UTC), progress=_log.info).summary()
    _log.info("refreshed", extra={"found": found})
    return found
