"""An upstream that is down for thirty days: every page is served, and says how old it is."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from handler.bootstrap.refresh import markdown_renderer
from handler.domain.errors import SourceError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import run_scheduled_refresh
from handler.services.sources import Sources
from scripts.sample_data.load import SAMPLE
from tests.support.builders import AS_OF, HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL
from tests.support.fakes import FakeDataset, ignore_progress, memory_repository
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import LONG

DAYS = 30


def sample() -> list[dict[str, object]]:
    """Return the records of the sample's newest list, a few of them in the usual run."""
    records: list[dict[str, object]] = json.loads(SAMPLE.read_text("utf-8"))["lists"][-1]["data"]
    return records if LONG else records[:8]


@pytest.mark.promise("P5", "pages after thirty days without an upstream")
def test_pages_last_for_thirty_days_without_an_upstream(
    record_property: Callable[[str, object], None],
) -> None:
    store = MemoryStore(catalog_bytes([HERMES, *sample()]))
    repository = memory_repository(store)
    dead = Sources(FakeDataset(error=SourceError("OpenRouter is down")))
    for day in range(1, DAYS + 1):
        now = AS_OF + timedelta(days=day)
        with pytest.raises(SourceError):
            run_scheduled_refresh(
                dead, repository, markdown_renderer(), now, SanityLimits(), ignore_progress
            )
    app = create_app(store)

    pages = re.findall(rf"<loc>{SITE_URL}(.*?)</loc>", ask(app, "/sitemap.xml").text)
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
