"""LRU caches of rendered pages, one for each kind, cleared when a new snapshot is loaded."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from handler.domain.catalog.catalog import Catalog

T = TypeVar("T")

Key = tuple[str, ...]
"""The kind of a value, and what distinguishes it from others of its kind."""

# Pages of models are what links lead to. An entry is 10 to 100 kB, an index some MB.
_MAX_ENTRIES = {"model": 512}
_MAX_OTHERS = 128
_MAX_BYTES = 32_000_000  # the bodies of one kind, uncompressed


class _Entries:
    """The values of one kind, the oldest first."""

    def __init__(self, max_entries: int, max_bytes: int) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._values: OrderedDict[Key, Any] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> Any:
        """Return a value and make it the newest, None where there is none."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def add(self, key: Key, value: Any) -> None:
        """Add a value, and drop the oldest where there are too many or too large ones."""
        self._values[key] = value
        self._bytes += _size(value)
        while len(self._values) > self._max_entries or self._bytes > self._max_bytes:
            _, dropped = self._values.popitem(last=False)
            self._bytes -= _size(dropped)


class PageCache:
    """Values derived from one catalog: rendered pages, and indexes over all models.

    Each kind has a cache of its own, so that no number of badges evicts a page.
    """

    def __init__(
        self,
        max_entries: Mapping[str, int] = _MAX_ENTRIES,
        max_others: int = _MAX_OTHERS,
        max_bytes: int = _MAX_BYTES,
    ) -> None:
        """Take the most values of some kinds, of each other kind, and the most bytes of a kind."""
        self._catalog: Catalog | None = None
        self._limits = max_entries, max_others, max_bytes
        self._kinds: dict[str, _Entries] = {}

    def get_or_render(self, catalog: Catalog, key: Key, render: Callable[[], T]) -> T:
        """Return the value of a key, rendered now if it is not cached.

        A key stands for values of one type. None is not cached: requests for what does not exist
        would evict what does.
        """
        if catalog is not self._catalog:
            self._catalog = catalog
            self._kinds.clear()
        entries = self._entries(key[0])
        value: T | None = entries.get(key)
        if value is not None:
            return value
        rendered = render()
        if rendered is not None:
            entries.add(key, rendered)
        return rendered

    def _entries(self, kind: str) -> _Entries:
        if kind not in self._kinds:
            max_entries, max_others, max_bytes = self._limits
            self._kinds[kind] = _Entries(max_entries.get(kind, max_others), max_bytes)
        return self._kinds[kind]


def _size(value: Any) -> int:
    return len(getattr(value, "body", b""))
