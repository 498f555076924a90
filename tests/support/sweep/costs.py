"""The cost of the same work on every surface: a model's page, the comparison and the API."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tests.support.refreshed_site import RefreshedSite

_EXAMPLE = re.compile(
    r"(?:(?P<requests>[\d,]+) requests of )?(?P<tokens_in>[\d,]+) tokens in"
    r"(?:, (?P<out>[\d,]+) out)?"
)
_DOLLARS = re.compile(r"\$([\d,]+(?:\.\d+)?)")
# Amounts are shown in four significant digits at least.
_PRECISION = Decimal("0.0005")
WORKLOADS = ((2_000, 500, 1), (100_000, 2_000, 1), (50_000, 1_000, 200))


class Cost(NamedTuple):
    """US dollars from the lowest to the highest; none for words such as "varies"."""

    words: str
    dollars: tuple[Decimal, ...]

    def agrees_with(self, other: "Cost") -> bool:
        """Return whether both say the same, apart from rounding."""
        if bool(self.dollars) != bool(other.dollars):
            return False
        return all(
            abs(one - another) <= _PRECISION * max(one, another)
            for one, another in zip(_ends(self), _ends(other), strict=False)
        )


class Compared(NamedTuple):
    """The costs of one piece of work. The API gives one amount, which may be one of a range."""

    work: tuple[int, int, int]
    page: Cost | None
    comparison: Cost
    api: Cost

    def agree(self) -> bool:
        """Return whether no two surfaces contradict each other."""
        if not self._api_agrees(self.comparison):
            return False
        # A page does not price work that exceeds the context. That is no other cost.
        if self.page is None or "context" in self.page.words:
            return True
        return self.page.agrees_with(self.comparison) and self._api_agrees(self.page)

    def _api_agrees(self, shown: Cost) -> bool:
        if len(shown.dollars) < 2 or not self.api.dollars:
            return self.api.agrees_with(shown)
        (amount,) = self.api.dollars
        lowest, highest = _ends(shown)
        return lowest * (1 - _PRECISION) <= amount <= highest * (1 + _PRECISION)


def parse_cost(text: str) -> Cost:
    """Return what a cell says; nothing is charged for what is free."""
    found = tuple(Decimal(digits.replace(",", "")) for digits in _DOLLARS.findall(text))
    if not found and re.match(r"(free|nothing)\b", text.strip().lower()):
        found = (Decimal(0),)
    return Cost(text.lower(), found)


def compared_costs(site: RefreshedSite, model_id: str, page: list[str]) -> Iterator[Compared]:
    """Yield the costs of each example of a model's page, and of the usual ones without any."""
    examples = dict(_examples(page))
    is_free = any(line.startswith("Currently free") for line in page)
    for work in examples or WORKLOADS:
        tokens_in, out, requests = work
        query = {"in_": tokens_in, "out": out, "requests": requests}
        api = site.api_cost(model_id, **query)
        # A page without examples says in words why there are none.
        shown = examples.get(work, Cost("none", (Decimal(0),) if is_free else ()))
        yield Compared(
            work,
            shown,
            parse_cost(site.compare_cost(model_id, **query)),
            Cost("null", ()) if api is None else Cost(api, (Decimal(api),)),
        )


def _examples(page: list[str]) -> Iterator[tuple[tuple[int, int, int], Cost]]:
    for line in page:
        # A name's last word may run into a number of tokens: "A chat turn2,000 tokens in".
        if " | " in line and (found := _EXAMPLE.search(line)):
            sizes = (found["tokens_in"], found["out"] or "0", found["requests"] or "1")
            tokens_in, out, requests = (int(digits.replace(",", "")) for digits in sizes)
            yield (tokens_in, out, requests), parse_cost(line.rpartition(" | ")[2])


def _ends(cost: Cost) -> tuple[Decimal, ...]:
    return (min(cost.dollars), max(cost.dollars)) if cost.dollars else ()
