from collections.abc import Callable

import pytest

from handler.web.http.headers import TEXT
from handler.web.http.response import CacheableResponse
from handler.web.rendering.page_cache import PageCache
from tests.support.builders import catalog, record

RECORDS = [record()]


def rendering(log: list[str], name: str) -> Callable[[], CacheableResponse]:
    def render() -> CacheableResponse:
        log.append(name)
        return CacheableResponse(name.encode(), TEXT, "")

    return render


def test_a_document_is_rendered_once_for_each_snapshot() -> None:
    rendered, log = PageCache(), list[str]()
    old, new = catalog(RECORDS), catalog(RECORDS)

    for current in (old, old, new, new):
        rendered.get_or_render(current, ("page", "a"), rendering(log, "a"))

    assert log == ["a", "a"]


def test_the_oldest_of_a_kind_is_dropped() -> None:
    rendered, log, current = PageCache(max_others=2), list[str](), catalog(RECORDS)

    for name in "abcac":
        rendered.get_or_render(current, ("page", name), rendering(log, name))

    assert log == ["a", "b", "c", "a"]


def test_badges_evict_no_pages() -> None:
    rendered, log, current = PageCache(), list[str](), catalog(RECORDS)

    rendered.get_or_render(current, ("model", "a"), rendering(log, "page"))
    for number in range(2_000):
        rendered.get_or_render(current, ("badge", str(number)), rendering([], "badge"))
    rendered.get_or_render(current, ("model", "a"), rendering(log, "page"))

    assert log == ["page"]


@pytest.mark.promise("P15", "cached values of a kind")
@pytest.mark.parametrize(("kind", "kept"), [("model", 512), ("badge", 128), ("changes", 128)])
def test_only_so_many_values_of_a_kind_are_kept(kind: str, kept: int) -> None:
    rendered, log, current = PageCache(), list[str](), catalog(RECORDS)
    keys = [(kind, str(number)) for number in range(kept + 1)]

    for key in keys:
        rendered.get_or_render(current, key, rendering([], "first"))
    for key in reversed(keys):
        rendered.get_or_render(current, key, rendering(log, key[1]))

    assert log == ["0"]


@pytest.mark.promise("P15", "cached values of a kind")
def test_only_so_many_bytes_of_a_kind_are_kept() -> None:
    rendered, log, current = PageCache(), list[str](), catalog(RECORDS)
    large = "x" * 3_000_000

    for number in range(12):
        rendered.get_or_render(current, ("model", str(number)), rendering([], large))
    for number in (11, 2, 1):
        rendered.get_or_render(current, ("model", str(number)), rendering(log, str(number)))

    assert log == ["1"]


def test_missing_pages_evict_nothing() -> None:
    rendered, log, current = PageCache(max_others=2), list[str](), catalog(RECORDS)

    rendered.get_or_render(current, ("page",), rendering(log, "page"))
    for number in range(50):
        assert rendered.get_or_render(current, ("page", str(number)), lambda: None) is None
    rendered.get_or_render(current, ("page",), rendering(log, "page"))

    assert log == ["page"]
