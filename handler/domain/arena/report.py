"""A report for the reviewer of a leaderboard: which rows were matched, which were not, and why."""

from collections.abc import Iterator
from difflib import get_close_matches

from handler.domain.arena.matches import MatchResult
from handler.domain.arena.name_variants import normalize_name
from handler.domain.catalog.model import base_id

_MIN_SIMILARITY = 0.85
_MAX_NEAR_MISSES = 3


def explain_matches(result: MatchResult) -> Iterator[str]:
    """Yield a line for each match, rejection, ambiguity and near miss, and a summary."""
    for model_id, rank in result.ranks.items():
        inherited = f"the rank of {rank.inherited_from}" if rank.inherited_from else ""
        reason = inherited or rank.match_reason
        yield f"matched    {model_id} is {rank.name}, rank {rank.rank}: {reason}"
        for other in () if rank.inherited_from else rank.other_efforts:
            yield f"matched    {model_id} is {other.name}, rank {other.rank}: {other.effort}"
    for rejection in result.rejections:
        subject = f" for {rejection.model_id}" if rejection.model_id else ""
        yield f"refused    {rejection.row_name}{subject}: {rejection.reason}"
    for ambiguity in result.ambiguities:
        yield f"ambiguous  {ambiguity.subject} may be {' or '.join(ambiguity.candidates)}"
    for name, similar_ids in _near_misses(result):
        yield f"near miss  {name} is only like {', '.join(similar_ids)}"
    yield _summary(result)


def _matched_rows(result: MatchResult) -> Iterator[str]:
    for rank in result.ranks.values():
        yield rank.name
        yield from (other.name for other in rank.other_efforts)


def _near_misses(result: MatchResult) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows that no rule connects with a model, and the ids of similar names."""
    ids = {normalize_name(base_id(i).rpartition("/")[2]): i for i in result.model_ids}
    explained = set(_matched_rows(result))
    explained |= {rejection.row_name for rejection in result.rejections}
    explained |= {ambiguity.subject for ambiguity in result.ambiguities}
    explained |= {name for ambiguity in result.ambiguities for name in ambiguity.candidates}
    for row in result.leaderboard.rows:
        if row.name in explained:
            continue
        name = normalize_name(row.name)
        similar = get_close_matches(name, ids, _MAX_NEAR_MISSES, _MIN_SIMILARITY)
        if similar:
            yield row.name, [ids[one] for one in similar]


def _summary(result: MatchResult) -> str:
    own = [rank for rank in result.ranks.values() if rank.inherited_from is None]
    rows = len(set(_matched_rows(result)))
    inherited = len(result.ranks) - len(own)
    return (
        f"{rows} of {len(result.leaderboard.rows)} rows matched; {len(own)} of "
        f"{len(result.model_ids)} models ranked, {inherited} more through them; "
        f"{len(result.ambiguities)} ambiguous"
    )
