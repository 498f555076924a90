"""What `/healthz` says of a snapshot that was damaged, part by part, and what still answers."""

import pytest

from tests.support.builders import MemoryStore, profile, record, stored
from tests.support.constants import SITE_URL
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.snapshots import (
    CHANGES,
    FIRST_BLOCK,
    LISTING,
    NAMES,
    REFRESH_DATA,
    damage_member,
    replace_member,
    split_members,
)

MODELS = 150  # two blocks
SNAPSHOT = stored(*(profile(record(f"acme/m{number}")) for number in range(MODELS)))
FIRST, LAST = "/acme/m0", f"/acme/m{MODELS - 1}"
PAGES = ("/", "/feed.xml", "/models.csv", FIRST, LAST)


def health(snapshot: bytes) -> Answer:
    return ask(create_app(MemoryStore(snapshot), SITE_URL), "/healthz")


def failing(snapshot: bytes) -> set[str]:
    """Return the pages that a snapshot cannot answer."""
    app = create_app(MemoryStore(snapshot), SITE_URL)
    return {path for path in PAGES if ask(app, path).status != 200}


def test_a_whole_snapshot_is_healthy() -> None:
    answer = health(SNAPSHOT)

    assert (answer.status, answer.text.splitlines()[0]) == (200, "ok")
    assert failing(SNAPSHOT) == set()


@pytest.mark.promise("P8", "damaged members of a snapshot")
@pytest.mark.parametrize(
    ("member", "message", "lost"),
    [
        (NAMES, "the stored names", set()),
        (LISTING, "the stored list of models", {"/", "/models.csv"}),
        (CHANGES, "the stored changes", {"/feed.xml"}),
        (FIRST_BLOCK, "what is stored of acme/m0", {FIRST}),
        (FIRST_BLOCK + 1, "what is stored of acme/m105", {LAST}),
    ],
    ids=["names", "listing", "changes", "first block", "second block"],
)
def test_a_damaged_part_costs_itself_and_is_told(member: int, message: str, lost: set[str]) -> None:
    damaged = damage_member(SNAPSHOT, member)

    answer = health(damaged)

    assert failing(damaged) == lost
    assert answer.status == 503
    assert answer.text.startswith(f"damaged, {message} cannot be read")


def test_damage_that_no_page_reads_does_not_change_the_site() -> None:
    damaged = damage_member(SNAPSHOT, REFRESH_DATA)

    assert (failing(damaged), health(damaged).status) == (set(), 200)


def test_one_unreadable_line_costs_one_model() -> None:
    lines = split_members(SNAPSHOT)[FIRST_BLOCK].splitlines(keepends=True)
    damaged = replace_member(SNAPSHOT, FIRST_BLOCK, b"".join([b"not JSON\n", *lines[1:]]))

    assert failing(damaged) == {FIRST}
    assert health(damaged).status == 503
