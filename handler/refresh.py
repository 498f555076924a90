"""Lambda entry point: a scheduled event in, a refreshed snapshot in the store."""

import logging
import os
from datetime import UTC, datetime
from typing import Any

from handler.bootstrap import catalog_source, prose_renderer, snapshot_store
from handler.domain.gates import Gates
from handler.services.refreshing import refresh_catalog
from handler.settings import settings_from

_log = logging.getLogger(__name__)


def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Refresh the catalog once, and return what was found. Whatever the event says is ignored."""
    settings = settings_from(os.environ)
    found = refresh_catalog(
        catalog_source(settings),
        snapshot_store(settings),
        prose_renderer(),
        datetime.now(UTC),
        Gates(),
        _log.info,
    )
    return found.summary()
