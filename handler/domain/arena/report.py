"""What was matched, what was not, and why: lines for whoever reviews a leaderboard."""

from collections.abc import Iterator
from difflib import get_close_matches

from handler.domain.arena.matches import Matching
from handler.domain.arena.name_variants import normalised
from handler.domain.catalog.model import base_id

_LEAST_LIKENESS = 0.85
_MOST_NEAR_NAMES = 3


def explain(matching: Matching) -> Iterator[str]:
    """Yield a line for each match, refusal, ambiguity and near miss, and one of counts."""
    yield from _matches(matching)
    for refusal in matching.refusals:
        of = f" for {refusal.model_id}" if refusal.model_id else ""
        yield f"refused    {refusal.name}{of}: {refusal.why}"
    for ambiguity in matching.ambiguities:
        yield f"ambiguous  {ambiguity.subject} may be {' or '.join(ambiguity.candidates)}"
    for name, near in near_misses(matching):
        yield f"near miss  {name} is only like {', '.join(near)}"
    yield _counts(matching)


def near_misses(matching: Matching) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows that no rule connects with a model, with the ids of models named alike."""
    ids = {normalised(base_id(i).rpartition("/")[2]): i for i in matching.model_ids}
    explained = {standing.name for standing in matching.standings.values()}
    explained |= {refusal.name for refusal in matching.refusals}
    explained |= {a.subject for a in matching.ambiguities}
    explained |= {name for a in matching.ambiguities for name in a.candidates}
    for rating in matching.leaderboard.ratings:
        if rating.name in explained:
            continue
        name = normalised(rating.name)
        near = get_close_matches(name, ids, _MOST_NEAR_NAMES, _LEAST_LIKENESS)
        if near:
            yield rating.name, [ids[one] for one in near]


def _matches(matching: Matching) -> Iterator[str]:
    for model_id, standing in matching.standings.items():
        how = f"the rank of {standing.through}" if standing.through else standing.how
        yield f"matched    {model_id} is {standing.name}, rank {standing.rank}: {how}"


def _counts(matching: Matching) -> str:
    own = [standing for standing in matching.standings.values() if standing.through is None]
    rows = len({standing.name for standing in own})
    inherited = len(matching.standings) - len(own)
    return (
        f"{rows} of {len(matching.leaderboard.ratings)} rows matched; {len(own)} of "
        f"{len(matching.model_ids)} models ranked, {inherited} more through them; "
        f"{len(matching.ambiguities)} ambiguous"
    )
