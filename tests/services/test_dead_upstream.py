"""An upstream that has been dead for thirty days: every page is there, and says how old it is."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from handler.bootstrap.refresh import markdown_renderer
from handler.domain.errors import SourceError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import Sources, run_scheduled_refresh
from handler.services.snapshot_repository import SnapshotRepository
from scripts.sample_data.load import SAMPLE
from tests.services.test_refresh import Source
from tests.support.builders import AS_OF, HERMES, MemoryArchive, MemoryStore, catalog_bytes
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import LONG

SITE = "https://previews.example.org"
DAYS = 30


def sample() -> list[dict[str, object]]:
    """Return every model of the newest reading of the bundled sample; a few in the usual run."""
    listed: list[dict[str, object]] = json.loads(SAMPLE.read_text("utf-8"))["lists"][-1]["data"]
    return listed if LONG else listed[:8]


@pytest.mark.promise("P5", "pages after thirty days without an upstream")
def test_every_page_is_there_after_thirty_days_and_says_since_when(
    record_property: Callable[[str, object], None],
) -> None:
    store = MemoryStore(catalog_bytes([HERMES, *sample()]))
    keeper = SnapshotRepository(store, MemoryArchive(), lambda _seconds: None, lambda: "run")
    dead = Sources(Source(failure=SourceError("OpenRouter is down")))
    for day in range(1, DAYS + 1):
        now = AS_OF + timedelta(days=day)
        with pytest.raises(SourceError):
            run_scheduled_refresh(
                dead, keeper, markdown_renderer(), now, SanityLimits(), lambda _step: None
            )
    app = create_app(store, SITE)

    pages = re.findall(rf"<loc>{SITE}(.*?)</loc>", ask(app, "/sitemap.xml").text)
    record_property("tried", len(pages))
    assert len(pages) > 8
    for path in pages:
        answer = ask(app, path)
        assert answer.status == 200
        if path != "/api":
            assert AS_OF.isoformat() in answer.text
            assert "not reached since" in answer.text or path == "/methodology"
    assert "stale since" in ask(app, "/methodology").text
    source = json.loads(ask(app, "/api/status").body)["sources"]["list"]
    assert source["state"] == "stale"
    assert source["failing_since"] == (AS_OF + timedelta(days=1)).isoformat()
