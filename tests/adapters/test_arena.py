import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from handler.adapters.arena import LABEL, LEADERBOARD_URL, ArenaLeaderboard, LeaderboardFile
from handler.adapters.http.retry import RetryPolicy
from handler.domain.errors import InvalidJson, SourceError
from handler.ports import FetchedDataset
from tests.support.retry_policies import BRIEF, IMPATIENT, POLICY
from tests.support.servers.upstream import (
    Behaviour,
    Request,
    Upstream,
    answers,
    chosen,
    drip,
    gzip_bomb,
    half_a_body,
    half_a_closed_body,
    html,
    huge,
    in_turn,
    json_body,
    nothing,
    redirect,
    refuses,
    status,
    too_many_requests,
)

MAX_SECONDS = 30.0
DAY = "2026-08-19"


def row(rank: int) -> dict[str, Any]:
    return {"rank": rank, "model_name": f"model-{rank}", "leaderboard_publish_date": DAY}


def rows(count: int) -> list[dict[str, Any]]:
    return [row(rank) for rank in range(1, count + 1)]


def page(total: int, offset: int = 0, **changes: Any) -> dict[str, Any]:
    """Return the viewer's response for a data set of so many rows."""
    indexes = range(offset, min(offset + 100, total))
    entries = [{"row_idx": n, "row": row(n + 1), "truncated_cells": []} for n in indexes]
    value = {"features": [], "rows": entries, "num_rows_total": total, "num_rows_per_page": 100}
    return {**value, "partial": False, **changes}


def query(request: Request) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.path).query)


def viewer(total: int, second: Callable[[int], dict[str, Any]] | None = None) -> Behaviour:
    """Return a viewer of so many rows. From the second page on, `second` may answer instead."""

    def choose(request: Request) -> Behaviour:
        offset = int(query(request)["offset"][0])
        return json_body(second(offset) if second and offset else page(total, offset))

    return chosen(choose)


def source(server: Upstream, policy: RetryPolicy = POLICY) -> ArenaLeaderboard:
    url = f"{server.url}/filter?where=%22category%22%3D%27overall%27"
    return ArenaLeaderboard(url, policy)


@pytest.mark.parametrize(("total", "calls"), [(1, 1), (100, 1), (101, 2), (393, 4)])
def test_every_row_of_every_page_is_fetched(total: int, calls: int) -> None:
    with Upstream(viewer(total)) as server:
        fetched = source(server).fetch()
        requests = server.requests

    bodies = [json.dumps(page(total, offset)).encode() for offset in range(0, total, 100)]
    url = f"{server.url}/filter?where=%22category%22%3D%27overall%27"
    assert fetched == FetchedDataset(rows(total), LABEL, url, b"\n".join(bodies), DAY)
    assert [query(request) for request in requests] == [
        {"where": ["\"category\"='overall'"], "offset": [str(n * 100)], "length": ["100"]}
        for n in range(calls)
    ]


def test_the_default_url_requests_the_overall_ranks() -> None:
    assert parse_qs(urlsplit(LEADERBOARD_URL).query) == {
        "dataset": ["lmarena-ai/leaderboard-dataset"],
        "config": ["text_style_control"],
        "split": ["latest"],
        "where": ["\"category\"='overall'"],
    }


def test_a_compressed_page_is_read() -> None:
    compressed = gzip.compress(json.dumps(page(3)).encode())
    with Upstream(answers(200, compressed, {"Content-Encoding": "gzip"})) as server:
        assert source(server).fetch().records == rows(3)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (lambda n: page(150, n, partial=True), "a part of the data set only"),
        (lambda n: page(151, n), r"changed while it was read: \[150, 151\] rows"),
        (lambda n: page(150, n, rows=page(150, n)["rows"][1:]), "has 149 rows of 150 in 149"),
        (lambda n: page(150, n, rows=page(150, 0)["rows"][:50]), "has 100 rows of 150 in 150"),
        (lambda n: page(150, n, rows=page(150, 0)["rows"]), "has 100 rows of 150 in 200"),
        (lambda n: page(150, n, rows=[]), "holds no rows"),
        (lambda n: page(150, n, rows=[7]), "entries without a row"),
        (lambda n: page(150, n, rows=[row(101)] * 50), "entries without a row"),
        (lambda n: page(150, n, num_rows_total=None), "counts None rows"),
        (lambda n: {"error": "The dataset is being indexed."}, "holds no rows"),
    ],
    ids=[
        "partial",
        "another total",
        "one missing",
        "the first ones again",
        "too many",
        "none",
        "a number",
        "rows alone",
        "no total",
        "an error",
    ],
)
def test_a_leaderboard_with_holes_is_rejected(
    second: Callable[[int], dict[str, Any]], message: str
) -> None:
    with (
        Upstream(viewer(150, second)) as server,
        pytest.raises(SourceError, match=message) as raised,
    ):
        source(server).fetch()

    assert str(raised.value).startswith(f"{LABEL} ({server.url}/filter?where=")


def test_truncated_cells_are_rejected() -> None:
    entries = [{"row_idx": 0, "row": row(1), "truncated_cells": ["model_name"]}]
    with (
        Upstream(json_body(page(1, rows=entries))) as server,
        pytest.raises(SourceError, match="cut short"),
    ):
        source(server).fetch()


def test_too_many_rows_are_rejected_after_one_page() -> None:
    with Upstream(viewer(5_001)) as server:
        with pytest.raises(SourceError, match="counts 5001 rows, not 1 to 5,000"):
            source(server).fetch()

        assert len(server.requests) == 1


def test_a_page_that_fails_once_is_retried() -> None:
    with Upstream(in_turn(json_body(page(150)), status(503), viewer(150))) as server:
        assert source(server).fetch().records == rows(150)


@pytest.mark.parametrize(
    ("behaviour", "policy", "message"),
    [
        (status(500), POLICY, "tried 3 times: answered 500"),
        (too_many_requests(3_600), POLICY, "tried once: answered 429"),
        (status(404), POLICY, "tried once: answered 404"),
        (redirect("http://127.0.0.1:1/"), POLICY, "tried once: answered 302"),
        (nothing(), IMPATIENT, "tried 3 times: ReadTimeout"),
        (refuses(), POLICY, "tried 3 times: ReadError"),
        (half_a_body(), POLICY, "RemoteProtocolError"),
        (half_a_closed_body(), POLICY, "not valid JSON"),
        (html(), POLICY, "not valid JSON"),
        (json_body([]), POLICY, "holds no rows"),
        (huge(200_000_000), POLICY, "larger than 5,000,000 bytes"),
        (gzip_bomb(200_000_000), POLICY, "larger than 5,000,000 bytes"),
        (drip(0.05), BRIEF, "not complete within 2 seconds"),
    ],
    ids=[
        "500",
        "429 for an hour",
        "404",
        "redirect",
        "silence",
        "reset",
        "half a body",
        "a body cut without a trace",
        "a page",
        "a list",
        "200 MB",
        "a bomb",
        "a drip",
    ],
)
def test_a_bad_upstream_is_named_in_bounded_time(
    behaviour: Behaviour, policy: RetryPolicy, message: str
) -> None:
    started = time.monotonic()
    with (
        Upstream(behaviour) as server,
        pytest.raises((SourceError, InvalidJson), match=message) as raised,
    ):
        source(server, policy).fetch()

    assert str(raised.value).startswith(f"{LABEL} ({server.url}/filter?where=")
    assert time.monotonic() - started < MAX_SECONDS


@pytest.mark.parametrize(
    "value",
    [{"meta": {"leaderboard_publish_date": DAY}, "rows": rows(2)}, page(2)],
    ids=["rows", "the viewer's"],
)
def test_a_stored_leaderboard_is_read_in_both_shapes(value: Any, tmp_path: Path) -> None:
    path = tmp_path / "arena.json"
    path.write_text(json.dumps(value))

    assert LeaderboardFile(path).fetch() == FetchedDataset(
        rows(2), LABEL, "arena.json", path.read_bytes(), DAY
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html>", "not valid JSON"),
        ("[]", "holds no rows"),
        ('{"rows": []}', "holds no rows"),
        (json.dumps(page(150)), "has 100 rows of 150 in 100"),
        (json.dumps(page(2, partial=True)), "a part of the data set only"),
    ],
    ids=["a page", "a list", "empty", "one page of two", "partial"],
)
def test_a_stored_leaderboard_with_holes_is_rejected(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "arena.json"
    path.write_text(text)

    with pytest.raises((SourceError, InvalidJson), match=rf"arena\.json .*{message}"):
        LeaderboardFile(path).fetch()


def test_a_missing_stored_leaderboard_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot read .*gone\.json: No such file"):
        LeaderboardFile(tmp_path / "gone.json").fetch()


def test_a_real_stored_leaderboard_is_read_in_full() -> None:
    name = "2026-08-19-text_style_control-overall.json"
    path = Path(os.environ.get("BURGEE_SHARED", "nowhere"), "arena", name)
    if not path.exists():
        pytest.skip("the real leaderboard is not beside the project")
    fetched = LeaderboardFile(path).fetch()

    assert (len(fetched.records), fetched.url, fetched.as_of) == (393, path.name, DAY)
