"""What was matched, what was not, and why: lines for whoever reviews a leaderboard."""

from collections.abc import Iterator
from difflib import get_close_matches

from handler.domain.arena.matches import MatchResult
from handler.domain.arena.name_variants import normalize_name
from handler.domain.catalog.model import base_id

_MIN_SIMILARITY = 0.85
_MAX_NEAR_MISSES = 3


def explain_matches(matching: MatchResult) -> Iterator[str]:
    """Yield a line for each match, refusal, ambiguity and near miss, and one of counts."""
    yield from _matches(matching)
    for refusal in matching.rejections:
        of = f" for {refusal.model_id}" if refusal.model_id else ""
        yield f"refused    {refusal.name}{of}: {refusal.why}"
    for ambiguity in matching.ambiguities:
        yield f"ambiguous  {ambiguity.subject} may be {' or '.join(ambiguity.candidates)}"
    for name, near in near_misses(matching):
        yield f"near miss  {name} is only like {', '.join(near)}"
    yield _counts(matching)


def near_misses(matching: MatchResult) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows that no rule connects with a model, with the ids of models named alike."""
    ids = {normalize_name(base_id(i).rpartition("/")[2]): i for i in matching.model_ids}
    explained = {standing.name for standing in matching.ranks.values()}
    explained |= {refusal.name for refusal in matching.rejections}
    explained |= {a.subject for a in matching.ambiguities}
    explained |= {name for a in matching.ambiguities for name in a.candidates}
    for rating in matching.leaderboard.rows:
        if rating.name in explained:
            continue
        name = normalize_name(rating.name)
        near = get_close_matches(name, ids, _MAX_NEAR_MISSES, _MIN_SIMILARITY)
        if near:
            yield rating.name, [ids[one] for one in near]


def _matches(matching: MatchResult) -> Iterator[str]:
    for model_id, standing in matching.ranks.items():
        how = (
            f"the rank of {standing.inherited_from}"
            if standing.inherited_from
            else standing.match_reason
        )
        yield f"matched    {model_id} is {standing.name}, rank {standing.rank}: {how}"


def _counts(matching: MatchResult) -> str:
    own = [standing for standing in matching.ranks.values() if standing.inherited_from is None]
    rows = len({standing.name for standing in own})
    inherited = len(matching.ranks) - len(own)
    return (
        f"{rows} of {len(matching.leaderboard.rows)} rows matched; {len(own)} of "
        f"{len(matching.model_ids)} models ranked, {inherited} more through them; "
        f"{len(matching.ambiguities)} ambiguous"
    )
