"""One version of the whole catalog, with where it came from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from handler.domain.addresses import AddressBook, Entry, Found, Moved, Unknown
from handler.domain.model import Model


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the records came from, and what became of them.

    `label` is for readers, `url` where it was fetched; `sha256` is of the body as it came;
    `set_aside` counts the records that could not be models.
    """

    label: str
    url: str
    sha256: str
    size_bytes: int
    records: int
    set_aside: int


class Catalog:
    """The models of one snapshot, each read only when asked for.

    `version` names the content: the same models make the same version, whenever they were read.
    `as_of` is when upstream said so.
    """

    def __init__(
        self,
        version: str,
        as_of: datetime,
        origin: Origin,
        entries: Sequence[Entry],
        read: Callable[[int], Model],
    ) -> None:
        self.version = version
        self.as_of = as_of
        self.origin = origin
        self.entries = entries
        self._read = read

    def model(self, model_id: str) -> Model:
        """Return the model of an id that this catalog lists."""
        return self._read(self._positions[model_id])

    def models(self) -> Iterator[Model]:
        """Return every model, in upstream's order: newest first."""
        return map(self._read, range(len(self.entries)))

    def resolve(self, address: str) -> Found | Moved | Unknown:
        """Return which model an address means: a path, decoded, without its leading slash."""
        return self._addresses.resolve(address)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entry.id: position for position, entry in enumerate(self.entries)}

    @cached_property
    def _addresses(self) -> AddressBook:
        return AddressBook(self.entries)
