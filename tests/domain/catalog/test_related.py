import json
from pathlib import Path

import pytest

from handler.domain.catalog.model_index import IndexEntry, ModelIndex
from handler.domain.catalog.related import Relation, find_related_models
from tests.support.external import each_shared_catalog

LISTED = [
    "acme/rock-4-pro",
    "acme/rock-3.5-pro",
    "acme/rock-3.5-pro:free",
    "acme/rock-3.5",
    "acme/rock-3-5-mini",
    "~acme/rock-pro-latest",
    "acme/rock-3-pro-preview-05-06",
    "acme/rock-20-pro",
    "acme/rock-pro-4o",
    "acme/paper-1",
    "other/rock-9-pro",
    "acme/rock-3.5-pro:batch",
]
WITHDRAWN = ("acme/rock-2-pro", "acme/rock-1-pro")
ENTRIES = [IndexEntry(i, i, None, None) for i in LISTED] + [
    IndexEntry(i, i, None, None, True) for i in WITHDRAWN
]


def related(model_id: str, entries: list[IndexEntry] = ENTRIES) -> list[tuple[str, str]]:
    return [
        (r.entry.id, r.relation.name.lower())
        for r in find_related_models(model_id, ModelIndex.from_entries(entries))
    ]


def test_closest_models_come_first_and_relations_are_limited() -> None:
    assert related("acme/rock-3.5-pro") == [
        ("acme/rock-4-pro", "newer"),
        ("acme/rock-3.5-pro:free", "variant"),
        ("acme/rock-3.5-pro:batch", "variant"),
        ("~acme/rock-pro-latest", "alias"),
        ("acme/rock-3-pro-preview-05-06", "earlier"),
        ("acme/rock-2-pro", "earlier"),
        ("acme/rock-20-pro", "family"),
        ("acme/rock-3.5", "family"),
    ]


def test_variants_and_aliases_have_related_models() -> None:
    assert related("acme/rock-3.5-pro:free")[:3] == [
        ("acme/rock-4-pro", "newer"),
        ("acme/rock-3.5-pro", "variant"),
        ("acme/rock-3.5-pro:batch", "variant"),
    ]
    assert related("~acme/rock-pro-latest")[0] == ("acme/rock-4-pro", "family")


def versions(*slugs: str) -> list[IndexEntry]:
    return [IndexEntry(f"a/{slug}", slug, None, None) for slug in slugs]


@pytest.mark.parametrize(
    ("newer", "older", "relation"),
    [
        ("kimi-k3", "kimi-k2.6", "newer"),
        ("qwen3.8-max", "qwen3-max", "newer"),
        ("chat-v3.1", "chat-v3-0324", "newer"),
        ("medium-3-5", "medium-3.1", "newer"),
        ("gpt-image-2", "gpt-5-image", "family"),
        ("gpt-4o-2024-11-20", "gpt-4o-2024-05-13", "family"),
        ("all-l12-v2", "all-l6-v2", "family"),
        ("pro-3.1", "flash-2.5", None),
        ("grok-4.3", "grok-4.20", "family"),
        ("one-2507", "one-2407", "family"),
    ],
)
def test_newer_version_differs_in_nothing_else(
    newer: str, older: str, relation: str | None
) -> None:
    models = related(f"a/{older}", versions(newer, older))

    assert models == ([(f"a/{newer}", relation)] if relation else [])


def test_two_newer_versions_are_shown_at_most() -> None:
    models = related("a/one-1", versions("one-4", "one-3", "one-2", "one-1"))

    assert models == [("a/one-4", "newer"), ("a/one-3", "newer")]


def test_higher_number_listed_earlier_is_not_newer() -> None:
    assert related("a/one-3", versions("one-3", "one-20")) == [("a/one-20", "family")]


def test_ids_of_odd_forms_have_no_related_models() -> None:
    entries = [IndexEntry(i, i, None, None) for i in ("a/latest", "a/-", "a/4", "a/2024", "a/v")]

    assert [related(entry.id, entries) for entry in entries] == [[], [], [], [], []]


def test_huge_family_is_bounded() -> None:
    many = versions(*(f"one-{n}b" for n in range(10_000)))

    assert len(related("a/one-0b", many)) == 8


@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_real_models_are_related_within_their_author(catalog: Path) -> None:
    value = json.loads(catalog.read_text("utf-8-sig"))
    records = value["data"] if isinstance(value, dict) else value
    entries = [IndexEntry(raw["id"], raw["name"], None, None) for raw in records]

    index = ModelIndex.from_entries(entries)
    related_models = {entry.id: find_related_models(entry.id, index) for entry in entries}

    for model_id, relatives in related_models.items():
        ids = [relative.entry.id for relative in relatives]
        authors = {i.partition("/")[0].removeprefix("~") for i in (model_id, *ids)}
        assert (len(authors), len(ids), model_id in ids) == (1, len(set(ids)), False)
    relations = {relation for relatives in related_models.values() for _, relation in relatives}
    assert {Relation.NEWER, Relation.EARLIER, Relation.VARIANT, Relation.FAMILY} <= relations
    assert sum(map(bool, related_models.values())) > 0.8 * len(related_models)
