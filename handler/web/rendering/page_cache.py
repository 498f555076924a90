"""What is made of a snapshot is made once, however often it is asked for."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from handler.domain.catalog.catalog import Catalog

T = TypeVar("T")

_MAX_PAGES = 512


class PageCache:
    """What was already made of one catalog, the most recently used things."""

    def __init__(self, most: int = _MAX_PAGES) -> None:
        self._most = most
        self._catalog: Catalog | None = None
        self._made: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def get_or_render(self, catalog: Catalog, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return the thing of a key, made now if it is not kept. A key has things of one type."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._made.clear()
        made: T = self._made.get(key) or make()
        if made is None:
            return made  # or what is asked for in vain would push out what is there
        self._made[key] = made
        self._made.move_to_end(key)
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return made
