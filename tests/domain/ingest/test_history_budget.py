"""Histories within their bytes: the oldest changes go first, and the largest histories."""

from datetime import timedelta
from typing import Any

from handler.domain.catalog.model_history import PRICE, ModelHistory
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import ChangePoint
from handler.domain.ingest.history_budget import bound_histories
from tests.support.builders import AS_OF, profile, record


def with_prices(name: str, points: int, size: int) -> Profile:
    """Return a profile whose price has changed, with so many bytes in each value."""
    seen = profile(record(f"acme/{name}"))
    timeline = tuple(
        ChangePoint(AS_OF + timedelta(minutes=number), {"prompt": f"{number:0{size}}"})
        for number in range(points)
    )
    return seen._replace(history=ModelHistory({**seen.history.timelines, PRICE: timeline}))


def kept(bounded: Profile) -> list[int]:
    points: Any = bounded.history.timelines[PRICE]
    return [(point.moment - AS_OF) // timedelta(minutes=1) for point in points]


def test_histories_of_real_sizes_stay_as_they_are() -> None:
    profiles = [with_prices("one", 100, 200), with_prices("two", 3, 10)]

    assert list(bound_histories(profiles)) == profiles


def test_a_large_timeline_keeps_its_first_point_and_the_newest() -> None:
    (bounded,) = bound_histories([with_prices("one", 100, 2_000)])

    first, *newest = kept(bounded)
    assert (first, newest) == (0, list(range(100 - len(newest), 100)))
    assert 28 <= len(newest) <= 32  # 64 KiB of 2,050 bytes each


def test_a_timeline_fills_its_budget_to_the_byte() -> None:
    # 4,096 bytes each, 25 of them for the moment and 14 for the rest of the JSON: 16 are 64 KiB
    (bounded,) = bound_histories([with_prices("one", 20, 4_057)])

    assert kept(bounded) == [0, *range(5, 20)]


def test_a_value_larger_than_the_budget_is_kept_alone() -> None:
    (bounded,) = bound_histories([with_prices("one", 5, 100_000)])

    assert kept(bounded) == [0, 4]


def test_where_all_are_too_large_the_largest_are_cut() -> None:
    large = [with_prices(f"m{number}", 30, 2_000) for number in range(200)]
    small = with_prices("small", 3, 100)

    *bounded, same = bound_histories([*large, small])

    assert same == small
    assert {len(kept(each)) for each in bounded} == {20}  # 8 MiB by 200 are 41,943 bytes


def test_bounding_again_changes_nothing() -> None:
    once = list(bound_histories([with_prices("one", 100, 2_000), with_prices("two", 9, 9_000)]))

    assert list(bound_histories(once)) == once
