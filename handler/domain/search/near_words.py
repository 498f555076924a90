"""The words of models' names, found by a word that is nearly one of them."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from handler.domain.search.listing import ModelListing
from handler.domain.search.match import search_name
from handler.domain.search.summary import ModelRow

_MIN_SIMILARITY = 0.7
# The words compared in full: those that share the most pairs of letters.
_MAX_COMPARED = 100


class NearWords:
    """The words of a listing's names, ids and providers. Built once for a catalog."""

    def __init__(self, listing: ModelListing) -> None:
        counts = Counter(word for row in listing.listed() for word in _words(row))
        self._words: Sequence[str] = list(counts)
        self._sorted = sorted(counts)
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for pair in _pairs(word):
                self._numbers[pair].append(number)

    def closest(self, word: str) -> str:
        """Return a known word or beginning of one as it is, another as the closest known word."""
        place = bisect_left(self._sorted, word)
        if self._sorted[place : place + 1] and self._sorted[place].startswith(word):
            return word
        close = get_close_matches(word, self.alike(word), n=1, cutoff=_MIN_SIMILARITY)
        return close[0] if close else word

    def alike(self, word: str) -> list[str]:
        """Return the words that share the most pairs of letters with a word."""
        shared: Counter[int] = Counter()
        for pair in _pairs(word):
            shared.update(self._numbers.get(pair, ()))
        best = sorted(shared, key=lambda number: (-shared[number], number))[:_MAX_COMPARED]
        return [self._words[number] for number in best]


def _words(row: ModelRow) -> Iterable[str]:
    names = (row.id, row.name, *row.providers.values())
    return {run for name in names for run in search_name(name).runs}


def _pairs(word: str) -> set[str]:
    """Return each letter with the next, and the first and the last with the edge."""
    edged = f"^{word}$"
    return {edged[i : i + 2] for i in range(len(edged) - 1)}
