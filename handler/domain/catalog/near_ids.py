"""An index of ids by their trigrams, for near misses: a search reads those that share some."""

from array import array
from collections import Counter
from collections.abc import Iterable

_MIN_SIMILARITY = 0.4
_WITHOUT_PUNCTUATION = str.maketrans("", "", "-._: ")


class NearIds:
    """The ids of a catalog by their trigrams. Built once for a catalog, at its first near miss."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = list(ids)
        self._positions: dict[str, array[int]] = {}
        for position, model_id in enumerate(self._ids):
            for gram in _trigrams(model_id.lower()):
                self._positions.setdefault(gram, array("I")).append(position)

    def find(self, text: str, count: int) -> list[str]:
        """Return the ids that are most similar to a text in lower case, the best first."""
        wanted = _trigrams(text)
        shared: Counter[int] = Counter()
        for gram in wanted:
            shared.update(self._positions.get(gram, ()))
        least = _MIN_SIMILARITY * len(wanted)
        scored = [
            (_similarity(wanted, number, self._ids[position]), self._ids[position])
            for position, number in shared.items()
            if number >= least
        ]
        similar = [pair for pair in scored if pair[0] >= _MIN_SIMILARITY]
        similar.sort(key=lambda pair: (-pair[0], pair[1]))
        return [model_id for _, model_id in similar[:count]]


def _similarity(wanted: frozenset[str], shared: int, model_id: str) -> float:
    """Return 0 to 1: the mean of the share of what was wanted and of both together.

    The second alone would not find one word of a long name.
    """
    return (shared / len(wanted) + shared / len(wanted | _trigrams(model_id.lower()))) / 2


def _trigrams(text: str) -> frozenset[str]:
    """Return the trigrams of a text without its punctuation: "gpt4o" is "gpt-4o"."""
    text = text.translate(_WITHOUT_PUNCTUATION)
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))
