"""The row that ranks a model, chosen from all that match it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handler.domain.arena.candidates import CandidateMatch
from handler.domain.arena.reasoning_effort import is_default_effort

# There are six levels and two more: pages show them all.
_MAX_OTHER_EFFORTS = 20


class RowChoice(NamedTuple):
    """A model's row, its rows at other efforts, and the rows that lost to it."""

    chosen: CandidateMatch
    other_efforts: tuple[CandidateMatch, ...]
    outranked: tuple[CandidateMatch, ...]


def choose_row(candidates: Sequence[CandidateMatch]) -> RowChoice | None:
    """Return the choice among a model's matches, None where no rule decides between them."""
    best = best_matches(candidates)
    if len(best) > 1:
        return None
    (chosen,) = best
    rest = [match for match in candidates if match.row.name != chosen.row.name]
    others = tuple(sorted(_other_efforts(chosen, rest), key=lambda match: match.row.rank))
    names = {match.row.name for match in others}
    outranked = tuple(match for match in rest if match.row.name not in names)
    return RowChoice(chosen, others[:_MAX_OTHER_EFFORTS], outranked)


def best_matches(candidates: Sequence[CandidateMatch]) -> list[CandidateMatch]:
    """Return the best of a model's matches, several where no rule decides between them."""
    closest = closest_matches(candidates)
    if closest[0].effort is None or len(candidates) == 1:
        return closest
    default = [c for c in candidates if c.effort and is_default_effort(c.model, c.effort)]
    if len(default) != 1:
        return list(candidates)
    return [default[0]._replace(reason=f"{default[0].reason}, its default")]


def closest_matches(candidates: Sequence[CandidateMatch]) -> list[CandidateMatch]:
    """Return the matches of the smallest score."""
    smallest = min((candidate.score for candidate in candidates), default=None)
    return [candidate for candidate in candidates if candidate.score == smallest]


def _other_efforts(
    chosen: CandidateMatch, matches: Sequence[CandidateMatch]
) -> Iterator[CandidateMatch]:
    """Yield the matches for another effort, of the same date as the chosen row."""
    for match in matches:
        if match.effort and match.score.without_date == chosen.score.without_date:
            yield match
