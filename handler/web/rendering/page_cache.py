"""LRU cache of rendered pages, cleared when a new snapshot is loaded."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from handler.domain.catalog.catalog import Catalog

T = TypeVar("T")

Key = tuple[str, ...]

_MAX_ENTRIES = 512


class PageCache:
    """Values derived from one catalog: rendered pages, and indexes over all models."""

    def __init__(self, max_entries: int = _MAX_ENTRIES) -> None:
        self._max_entries = max_entries
        self._catalog: Catalog | None = None
        self._entries: OrderedDict[Key, Any] = OrderedDict()

    def get_or_render(self, catalog: Catalog, key: Key, render: Callable[[], T]) -> T:
        """Return the value of a key, rendered now if it is not cached.

        A key stands for values of one type. None is not cached: requests for what does not exist
        would evict what does.
        """
        if catalog is not self._catalog:
            self._catalog = catalog
            self._entries.clear()
        value: T = self._entries.get(key) or render()
        if value is None:
            return value
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)
        return value
