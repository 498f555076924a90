from pathlib import Path

import pytest

from handler.adapters.folder_store import FolderStore
from handler.domain import snapshot
from handler.domain.errors import SourceError
from handler.refresh import lambda_handler
from tests.records import HERMES, record
from tests.support.events import scheduled_event
from tests.support.upstream import Upstream, json_body, status

RECORDS = [HERMES, *(record(f"acme/{n}") for n in range(8))]


def test_a_scheduled_event_puts_the_list_into_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Upstream(json_body({"data": [*RECORDS, {"id": "nonsense"}]})) as server:
        monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
        monkeypatch.setenv("OPENROUTER_LIST_URL", f"{server.url}/models")
        monkeypatch.setenv("OPENROUTER_API_KEY", "key")
        found = lambda_handler(scheduled_event(), None)
        sent = server.requests[0].headers["authorization"]

    stored = snapshot.decode(FolderStore(tmp_path).read().body)
    assert [entry.id for entry in stored.entries] == [raw["id"] for raw in RECORDS]
    assert found == {
        "source": "OpenRouter", "as_of": stored.as_of.isoformat(), "models": 9, "added": 9,
        "gone": 0, "changed": 0, "set_aside_count": 1, "written": True,
        "set_aside": ["the id 'nonsense' is not of the form author/slug[:variant]"],
    }  # fmt: skip
    assert sent == "Bearer key"


def test_a_refresh_that_fails_fails_for_lambda_to_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Upstream(status(404)) as server:
        monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
        monkeypatch.setenv("OPENROUTER_LIST_URL", server.url)

        with pytest.raises(SourceError, match=r"OpenRouter .* answered 404"):
            lambda_handler(scheduled_event(), None)
