"""The rows of a listing, with their names as one text in which a word is found at once."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from handler.domain.search.match import search_name
from handler.domain.search.summary import ModelRow

# A word of more rows than this share of them narrows a search too little to be worth its while.
_MAX_SHARE = 0.35


class ModelRows(tuple[ModelRow, ...]):
    """The models of a listing. Their names are joined on the first search."""

    def having(self, words: Iterable[str]) -> Sequence[ModelRow]:
        """Return rows in their order, all those with each joined word in their names among them.

        Rows without the words are left out where the words are rare.
        """
        found: set[int] | None = None
        for word in words:
            numbers = self._numbers(word)
            if numbers is not None:
                found = numbers if found is None else found & numbers
        return self if found is None else [self[number] for number in sorted(found)]

    def _numbers(self, word: str) -> set[int] | None:
        """Return the numbers of the rows with a word, None where they are many."""
        text, ends = self._names
        found: set[int] = set()
        place = text.find(word)
        while place >= 0:
            number = bisect_right(ends, place)
            found.add(number)
            if len(found) > _MAX_SHARE * len(self):
                return None
            place = text.find(word, ends[number])
        return found

    @cached_property
    def _names(self) -> tuple[str, list[int]]:
        """The names of each row on a line of one text, and the places at which the lines end."""
        lines = [f"{' '.join(_joined_names(row))}\n" for row in self]
        return "".join(lines), list(accumulate(map(len, lines)))


def _joined_names(row: ModelRow) -> Iterable[str]:
    names = (f"{row.id} {row.name}", *row.providers.values())
    return (search_name(name).joined for name in names)
