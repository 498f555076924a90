from datetime import UTC, date, datetime, timedelta

import pytest

from handler.domain.catalog.provenance import Provenance, from_json, mark_stale, to_json

NOW = datetime(2026, 8, 22, 18, 35, tzinfo=UTC)
FRESH = Provenance("Arena", "https://a.example/rows", NOW, date(2026, 8, 19), "0" * 64, 10, 3, 1)


def test_failing_source_is_stale_since_its_first_failure() -> None:
    later = NOW + timedelta(hours=1)
    failing = mark_stale(FRESH, NOW, "answered 500")

    assert (FRESH.state, failing.state) == ("fresh", "stale")
    assert mark_stale(failing, later, "answered 502") == FRESH._replace(
        failing_since=NOW, failure="answered 502"
    )


@pytest.mark.parametrize(
    "provenance", [FRESH, mark_stale(FRESH, NOW, "x"), FRESH._replace(as_of=NOW)]
)
def test_json_form_restores_the_provenance(provenance: Provenance) -> None:
    assert from_json(to_json(provenance)) == provenance
