"""How large the text of a snapshot may be: for reading any member of it, and for all together."""

from handler.domain.errors import OverBudget
from handler.domain.snapshot.names import MAX_HEADER_BYTES, MAX_MEMBER_BYTES


class TextSize:
    """The bytes of text that a snapshot has so far, and may have."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0

    def add(self, text: bytes) -> bytes:
        """Return the text of a member. Raises OverBudget if it is too large, or all of them are."""
        self._bytes += len(text)
        _check(len(text), MAX_MEMBER_BYTES, "a part of the snapshot")
        _check(self._bytes, self._max_bytes, "the snapshot")
        return text

    def add_header(self, text: bytes) -> bytes:
        """Return the text of the header. Raises OverBudget if it is too large."""
        _check(len(text), MAX_HEADER_BYTES, "the header of the snapshot")
        return text


def _check(size: int, maximum: int, name: str) -> None:
    if size > maximum:
        raise OverBudget(
            f"{name} would have {size:,} bytes of text or more, over {maximum:,}: it is not written"
        )
