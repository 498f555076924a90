"""How large a snapshot may be: the text of a member, of all together, and its models in memory."""

from typing import NamedTuple

from handler.domain.errors import OverBudget
from handler.domain.json_memory import estimate_memory
from handler.domain.snapshot.names import MAX_HEADER_BYTES, MAX_MEMBER_BYTES

# A model without values of its own: its profile, timelines and prices.
_PROFILE_BYTES = 3_000


class SnapshotLimits(NamedTuple):
    """Bytes of all of a snapshot's text, and of its models when a refresh has read them.

    100,000 models have 330 MB of text, and take 1.4 GB.
    """

    text_bytes: int = 512 * 1024 * 1024
    memory_bytes: int = 4 * 1024 * 1024 * 1024


class TextSize:
    """The bytes that a snapshot has so far, and may have."""

    def __init__(self, limits: SnapshotLimits) -> None:
        self._limits = limits
        self._bytes = 0
        self._memory_bytes = 0

    def add(self, text: bytes) -> bytes:
        """Return the text of a member. Raises OverBudget if it is too large, or all of them are."""
        self._bytes += len(text)
        _check(len(text), MAX_MEMBER_BYTES, "a part of the snapshot")
        _check(self._bytes, self._limits.text_bytes, "the snapshot")
        return text

    def add_model(self, line: bytes) -> bytes:
        """Return the line of a model. Raises OverBudget if all models take too much memory."""
        self._memory_bytes += _PROFILE_BYTES + estimate_memory(line)
        maximum = self._limits.memory_bytes
        if self._memory_bytes > maximum:
            raise OverBudget(
                f"the models of the snapshot would take {self._memory_bytes:,} bytes of memory or "
                f"more, over {maximum:,}: it is not written"
            )
        return line

    def add_header(self, text: bytes) -> bytes:
        """Return the text of the header. Raises OverBudget if it is too large."""
        _check(len(text), MAX_HEADER_BYTES, "the header of the snapshot")
        return text


def _check(size: int, maximum: int, name: str) -> None:
    if size > maximum:
        raise OverBudget(
            f"{name} would have {size:,} bytes of text or more, over {maximum:,}: it is not written"
        )
