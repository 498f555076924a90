from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import Profile
from handler.domain.errors import CatalogRejected
from handler.domain.ingest.merge import ObservedModelList
from handler.domain.ingest.sanity_checks import SanityLimits, check_model_list
from tests.support.builders import (
    AS_OF,
    ORIGIN,
    contents,
    making,
    model,
    priced,
    profile,
    record,
    withdrawn,
)

RECORDS = [record(f"a/{number}") for number in range(10)]
STORED = contents(*map(profile, RECORDS))
LATER = timedelta(hours=1)


def observe(
    records: Iterable[dict[str, Any]],
    coverage: Coverage = EVERYTHING,
    unreadable: Iterable[str] = (),
    later: timedelta = LATER,
) -> ObservedModelList:
    models = {raw["id"]: model(raw) for raw in records}
    return ObservedModelList(AS_OF + later, coverage, models, frozenset(unreadable), ORIGIN)


def test_a_usual_share_of_changes_is_accepted() -> None:
    check_model_list(SanityLimits(), STORED, observe([*RECORDS[4:], record("a/new")]), skipped=1)


def test_a_first_list_has_nothing_to_lose() -> None:
    check_model_list(SanityLimits(), None, observe(RECORDS[:1]), skipped=0)


@pytest.mark.promise("P12", "lists that lost models")
def test_a_list_that_lost_too_many_models_is_rejected() -> None:
    with pytest.raises(CatalogRejected, match=r"lost 5 of 10 known models \(such as a/0\)"):
        check_model_list(SanityLimits(), STORED, observe(RECORDS[5:]), skipped=0)


def test_models_that_are_not_expected_are_not_lost() -> None:
    others = [withdrawn(record(f"b/{number}")) for number in range(50)]
    pictures = [profile(record(f"c/{n}", architecture=making("image"))) for n in range(50)]
    stored = contents(*map(profile, RECORDS), *others, *pictures)

    check_model_list(
        SanityLimits(),
        stored,
        observe(RECORDS[:5], Coverage.parse("text"), ["a/5", "a/6"]),
        skipped=0,
    )


def test_a_late_list_may_have_fewer_models() -> None:
    check_model_list(SanityLimits(), STORED, observe(RECORDS[:1], later=-LATER), skipped=0)


def test_too_many_skipped_records_are_rejected() -> None:
    with pytest.raises(CatalogRejected, match="3 of 13 records cannot be models"):
        check_model_list(SanityLimits(), STORED, observe(RECORDS), skipped=3)


def with_prices(prices: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [priced(f"a/{n}", *price) for n, price in enumerate(prices)]


PRICES = [("0.000001", "0.000004")] * 10


@pytest.mark.parametrize(
    "suspicious",
    [("0.00001", "0.000004"), ("0.000001", "0.0000004"), ("1", "4"), ("0", "0"), ("-1", "-1")],
    ids=["ten times", "a tenth", "per million", "nothing", "variable"],
)
def test_too_many_suspicious_prices_are_rejected(suspicious: tuple[str, str]) -> None:
    stored = contents(*map(profile, with_prices(PRICES)))

    check_model_list(
        SanityLimits(), stored, observe(with_prices([suspicious] * 2 + PRICES[2:])), skipped=0
    )
    with pytest.raises(CatalogRejected, match=r"3 of 10 models \(such as a/0\) cost 10 times"):
        check_model_list(
            SanityLimits(), stored, observe(with_prices([suspicious] * 3 + PRICES[3:])), skipped=0
        )


@pytest.mark.parametrize(
    "usual", [("0.000009", "0.000036"), ("0.0000002", "0.000001")], ids=["nine times", "a fifth"]
)
def test_all_prices_may_change_a_little(usual: tuple[str, str]) -> None:
    stored = contents(*map(profile, with_prices(PRICES)))

    check_model_list(SanityLimits(), stored, observe(with_prices([usual] * 10)), skipped=0)


def test_a_new_price_is_not_suspicious() -> None:
    check_model_list(SanityLimits(), STORED, observe(with_prices(PRICES)), skipped=0)


def test_each_limit_can_be_set() -> None:
    with pytest.raises(CatalogRejected, match="more than the 0%"):
        check_model_list(SanityLimits(max_lost_fraction=0), STORED, observe(RECORDS[1:]), skipped=0)
    check_model_list(SanityLimits(max_lost_fraction=1), STORED, observe(RECORDS[:1]), skipped=0)


@pytest.mark.promise("P12", "lists without prices")
def test_a_dropped_price_counts_as_zero() -> None:
    stored = contents(*map(profile, with_prices(PRICES)))
    unpriced = [record(f"a/{n}") for n in range(10)]

    check_model_list(
        SanityLimits(), stored, observe([*unpriced[:2], *with_prices(PRICES)[2:]]), skipped=0
    )
    with pytest.raises(CatalogRejected, match="3 of 10 models"):
        check_model_list(
            SanityLimits(), stored, observe([*unpriced[:3], *with_prices(PRICES)[3:]]), skipped=0
        )


@pytest.mark.parametrize("lost", [{"name": None}, {"context_length": None}], ids=str)
def test_a_list_that_lost_facts_is_rejected(lost: dict[str, Any]) -> None:
    full = [record(f"a/{n}", name=f"Model {n}", context_length=9) for n in range(10)]
    stored = contents(*map(profile, full))
    reduced = [{**raw, **lost} for raw in full]

    check_model_list(SanityLimits(), stored, observe([*reduced[:4], *full[4:]]), skipped=0)
    with pytest.raises(
        CatalogRejected, match=r"5 of 10 models .* lost their name or context length"
    ):
        check_model_list(SanityLimits(), stored, observe([*reduced[:5], *full[5:]]), skipped=0)


@pytest.mark.promise("P12", "floods of invented models")
def test_a_flood_of_models_is_rejected() -> None:
    flood = observe(record(f"b/{n}") for n in range(1_001))

    check_model_list(SanityLimits(max_lost_fraction=1), None, flood, skipped=0)
    with pytest.raises(CatalogRejected, match="1001 models that are not known, more than 1000"):
        check_model_list(SanityLimits(max_lost_fraction=1), STORED, flood, skipped=0)
    with pytest.raises(CatalogRejected, match="20001 models that are not known, more than 20000"):
        check_model_list(
            SanityLimits(), None, observe(record(f"b/{n}") for n in range(20_001)), skipped=0
        )


@pytest.mark.parametrize(
    ("fact", "other", "label"),
    [
        ("name", "One", "name"),
        ("context_length", 1, "context length"),
        ("created", 0, "time of release"),
        ("hugging_face_id", "a/b", "Hugging Face id"),
        ("architecture", {**making("text"), "input_modalities": ["x"]}, "kinds of input"),
        ("architecture", making("x"), "kinds of output"),
        ("expiration_date", "0001-01-01", "last day"),
    ],
)
def test_a_list_that_rewrites_most_models_is_rejected(fact: str, other: object, label: str) -> None:
    full = [
        record(f"a/{n}", context_length=9, created=n, architecture=making("text"))
        for n in range(40)
    ]
    stored = contents(*map(profile, full))
    rewritten = [{**raw, fact: other} for raw in full[1:]]

    check_model_list(
        SanityLimits(), stored, observe([*rewritten[:16], *full[17:], full[0]]), skipped=0
    )
    with pytest.raises(CatalogRejected, match=rf"17 of 40 models .* have another {label} than"):
        check_model_list(
            SanityLimits(), stored, observe([*rewritten[:17], *full[18:], full[0]]), skipped=0
        )


def numbered(**fields: Callable[[int], object]) -> list[dict[str, Any]]:
    """Return forty records whose fields depend on their numbers."""
    return [
        record(f"a/{n}", **{"context_length": 9, **{k: f(n) for k, f in fields.items()}})
        for n in range(40)
    ]


def architecture(modality: str | None, **lists: list[str]) -> dict[str, Any]:
    return {"architecture": lambda _: {"modality": modality, **lists}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (architecture("text"), architecture("text->text")),
        (architecture("multimodal"), architecture("text+image->text")),
        (architecture("text+image->text"), architecture("multimodal")),
        (architecture(None), architecture("text+image->text")),
        (
            architecture("text+image->text"),
            architecture("image+text->text", input_modalities=["image", "text"]),
        ),
        (
            architecture(None, input_modalities=["file", "text"], output_modalities=["text"]),
            architecture("text+file->text"),
        ),
        ({}, {"created": lambda n: 1_700_000_000 + n}),
        ({"created": lambda _: 0}, {"created": lambda n: 1_700_000_000 + n}),
        ({}, {"hugging_face_id": lambda n: f"a/m-{n}"}),
        ({"hugging_face_id": lambda _: ""}, {"hugging_face_id": lambda n: f"a/m-{n}"}),
        ({"hugging_face_id": lambda n: f"a/m-{n}"}, {"hugging_face_id": lambda n: f"A/M-{n}"}),
        ({"name": lambda _: None}, {"name": lambda n: f"Acme: {n}"}),
        ({"name": lambda n: f"Acme: {n}"}, {"name": lambda n: f" Acme:\u00a0 {n}\n"}),
        ({"context_length": lambda _: 0}, {"context_length": lambda _: 9}),
        ({"context_length": lambda _: 9}, {"context_length": lambda _: "9.5"}),
        ({}, {"expiration_date": lambda n: f"2026-{n % 12 + 1:02}-01"}),
        (
            {"expiration_date": lambda n: f"2026-{n % 12 + 1:02}-01"},
            {"expiration_date": lambda n: f"2026-{n % 12 + 1:02}-01T08:00:00Z"},
        ),
        ({"expiration_date": lambda _: "2098-12-31"}, {}),
        (
            architecture("text"),
            {
                "created": lambda n: 1_700_000_000 + n,
                "hugging_face_id": lambda n: f"a/m-{n}",
                **architecture("text->text", input_modalities=["text"]),
            },
        ),
    ],
    ids=[
        "modality in a new form",
        "modality of several kinds in a new form",
        "modality in the old form again",
        "modality published",
        "modalities listed in another order",
        "modalities derived in another order",
        "time of release published",
        "time of release instead of zero",
        "Hugging Face ids published",
        "Hugging Face ids instead of empty ones",
        "Hugging Face ids in capitals",
        "names published",
        "names with other white space",
        "contexts published",
        "a context as a fraction",
        "last days published",
        "last days with a time",
        "no last day in another form",
        "several at once",
    ],
)
def test_a_list_that_says_more_or_the_same_is_accepted(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    stored = contents(*map(profile, numbered(**before)))

    check_model_list(SanityLimits(), stored, observe(numbered(**after)), skipped=0)


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"created": lambda n: 1_700_000_000 + n}, "time of release"),
        ({"hugging_face_id": lambda n: f"a/m-{n}"}, "Hugging Face id"),
        (architecture("text+image->text"), "kinds of input"),
        ({"expiration_date": lambda n: f"2026-{n % 12 + 1:02}-01"}, "last day"),
    ],
)
def test_a_list_that_loses_a_fact_of_most_models_is_rejected(
    fields: dict[str, Any], label: str
) -> None:
    stored = contents(*map(profile, numbered(**fields)))

    with pytest.raises(CatalogRejected, match=f"another {label} than before, or none"):
        check_model_list(SanityLimits(), stored, observe(numbered()), skipped=0)


@pytest.mark.parametrize(
    ("later", "age"),
    [
        (timedelta(hours=23), "less than a day older"),
        (timedelta(days=1), "1 day older"),
        (timedelta(days=2), "2 days older"),
        (timedelta(days=60), "60 days older"),
        (timedelta(days=314), "10 months older"),
    ],
    ids=str,
)
def test_a_rejection_says_how_old_the_stored_list_is(later: timedelta, age: str) -> None:
    with pytest.raises(CatalogRejected) as rejected:
        check_model_list(SanityLimits(), STORED, observe(RECORDS[5:], later=later), skipped=0)

    assert str(rejected.value) == (
        "the list has lost 5 of 10 known models (such as a/0), more than the 40% that a refresh "
        f"may lose. The stored list, of 22 August 2026, is {age}. Look at the new list. If it is "
        "right, accept it once with scripts/refresh --force: see CatalogRejected in "
        "docs/operations.md"
    )


def test_a_rejected_late_list_is_called_late() -> None:
    with pytest.raises(CatalogRejected, match=r"The stored list, of 22 August 2026, is newer\."):
        check_model_list(SanityLimits(), STORED, observe(RECORDS, later=-LATER), skipped=9)


def test_a_few_models_may_all_change() -> None:
    renamed = [{**raw, "name": f"New {raw['id']}"} for raw in RECORDS]

    check_model_list(SanityLimits(), STORED, observe(renamed), skipped=0)


def seen_first(ids: Iterable[str], moment: datetime) -> list[Profile]:
    return [profile(record(i), history=new_history(model(record(i)), moment)) for i in ids]


DAY_AGO = AS_OF + LATER - timedelta(days=1)
FIRST = seen_first(["a/first"], AS_OF - timedelta(days=9))


@pytest.mark.parametrize(
    ("earlier", "is_refused"),
    [
        (seen_first(["a/1", "a/2", "a/3"], AS_OF), True),
        (seen_first(["a/1", "a/2"], AS_OF), False),
        (seen_first(["a/1", "a/2", "a/3", "a/4"], AS_OF), False),
        (seen_first(["a/1", "a/2", "a/3"], DAY_AGO), False),
        (seen_first(["a/1", "a/2", "a/3"], DAY_AGO + timedelta(seconds=1)), True),
        (seen_first(["a/1", "a/2", "a/3"], AS_OF + LATER), True),
        (seen_first(["a/1", "a/2", "a/3"], AS_OF + 2 * LATER), False),
    ],
    ids=["three", "two", "by hand", "a day ago", "within a day", "now", "later"],
)
def test_models_of_one_day_are_counted(earlier: list[Profile], is_refused: bool) -> None:
    stored, limits = contents(*FIRST, *earlier), SanityLimits(max_new_models_per_day=3)
    observed = observe(map(record, ["a/first", *(p.model.id for p in earlier), "a/new"]))

    try:
        check_model_list(limits, stored, observed, skipped=0)
        refusal = ""
    except CatalogRejected as error:
        refusal = str(error)

    assert ("lists of one day have added 4 models, more than 3" in refusal) is is_refused
    assert bool(refusal) is is_refused
