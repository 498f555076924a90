"""Documents are rendered once for each snapshot, however often they are asked for."""

from collections import OrderedDict
from collections.abc import Callable

from handler.domain.catalog import Catalog
from handler.web.documents import Document

_MOST_RENDERED = 512


class Rendered:
    """The documents already rendered from one catalog, the most recently used ones."""

    def __init__(self, most: int = _MOST_RENDERED) -> None:
        self._most = most
        self._catalog: Catalog | None = None
        self._documents: OrderedDict[tuple[str, ...], Document] = OrderedDict()

    def get(
        self, catalog: Catalog, key: tuple[str, ...], render: Callable[[], Document]
    ) -> Document:
        """Return the document of a key, rendered now if it is not kept."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._documents.clear()
        document = self._documents.get(key) or render()
        self._documents[key] = document
        self._documents.move_to_end(key)
        if len(self._documents) > self._most:
            self._documents.popitem(last=False)
        return document
