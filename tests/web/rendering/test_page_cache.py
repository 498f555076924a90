from collections.abc import Callable

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


def test_only_so_many_documents_are_kept() -> None:
    rendered, log, current = PageCache(max_entries=2), list[str](), catalog(RECORDS)

    for name in "abcac":
        rendered.get_or_render(current, (name,), rendering(log, name))

    assert log == ["a", "b", "c", "a"]


def test_missing_pages_evict_nothing() -> None:
    rendered, log, current = PageCache(max_entries=2), list[str](), catalog(RECORDS)

    rendered.get_or_render(current, ("page",), rendering(log, "page"))
    for number in range(50):
        assert rendered.get_or_render(current, ("nothing", str(number)), lambda: None) is None
    rendered.get_or_render(current, ("page",), rendering(log, "page"))

    assert log == ["page"]
