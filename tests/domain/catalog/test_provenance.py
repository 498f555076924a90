from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handler.domain.catalog.provenance import Provenance, as_json, failed, provenance_of

NOW = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
FRESH = Provenance("Arena", "https://a.example/rows", NOW, date(2026, 8, 19), "0" * 64, 10, 3, 1)


def test_a_source_that_fails_is_stale_since_its_first_failure() -> None:
    later = NOW + timedelta(hours=1)
    once = failed(FRESH, NOW, "answered 500")

    assert (FRESH.state, once.state) == ("fresh", "stale")
    assert failed(once, later, "answered 502") == replace(
        FRESH, failing_since=NOW, failure="answered 502"
    )


@pytest.mark.parametrize("provenance", [FRESH, failed(FRESH, NOW, "x"), replace(FRESH, as_of=NOW)])
def test_it_is_stored_whole(provenance: Provenance) -> None:
    assert provenance_of(as_json(provenance)) == provenance
