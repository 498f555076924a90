"""How many bytes the histories of a catalog may have: what is above goes, oldest first.

Numbers of points are bounded, but a price has as many tiers as upstream says.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from handler.domain.catalog.model_history import LISTED, with_listed
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import ChangePoint, Timeline

# In bytes of JSON. Seven real lists of fourteen months leave 4,300 bytes of one model at most, and
# 180,000 of 826.
_MAX_TIMELINE_BYTES = 64 * 1024
_MAX_TOTAL_BYTES = 8 * 1024 * 1024
_MAX_PAST_TEXT_BYTES = 4 * 1024 * 1024


def bound_histories(profiles: Sequence[Profile]) -> Iterator[Profile]:
    """Yield the profiles with histories that fit in the bytes of one and of all.

    Where all are too large, the largest timelines are cut to one size.
    """
    sizes = [_sizes(profile) for profile in profiles]
    budget = _fair_share([size for each in sizes for size in each.values()], _MAX_TOTAL_BYTES)
    budget = min(budget, _MAX_TIMELINE_BYTES)
    for profile, each in zip(profiles, sizes, strict=True):
        is_too_large = any(size > budget for size in each.values())
        yield _thin_profile(profile, each, budget) if is_too_large else profile


def bound_past_texts(profiles: Sequence[Profile]) -> Iterator[Profile]:
    """Yield the profiles with past descriptions that fit in the bytes of all: the newest stay."""
    sizes = [[len(past.text.encode()) for past in profile.past_texts] for profile in profiles]
    budget = _fair_share(map(sum, sizes), _MAX_PAST_TEXT_BYTES)
    for profile, each in zip(profiles, sizes, strict=True):
        kept = sum(size <= budget for size in accumulate(each))
        is_whole = kept == len(each)
        yield profile if is_whole else profile._replace(past_texts=profile.past_texts[:kept])


def _fair_share(sizes: Iterable[int], total: int) -> int:
    """Return the size that the largest may have, for all to have the total at most."""
    ordered = sorted(sizes)
    share = total
    for number, size in enumerate(ordered):
        share = total // (len(ordered) - number)
        if size > share:
            return share
        total -= size
    return max(share, total, *ordered[-1:])


def _sizes(profile: Profile) -> Mapping[str, int]:
    """Return the bytes of each timeline with a change: others are not stored."""
    return {
        fact: sum(map(_size, points))
        for fact, points in profile.history.timelines.items()
        if len(points) > 1 and fact != LISTED
    }


def _size(point: ChangePoint) -> int:
    return len(json.dumps(point.value, ensure_ascii=False).encode()) + len(point.moment.isoformat())


def _thin_profile(profile: Profile, sizes: Mapping[str, int], budget: int) -> Profile:
    timelines = profile.history.timelines
    thinned = {
        fact: _thin(timelines[fact], budget) for fact, size in sizes.items() if size > budget
    }
    outputs = profile.model.output_modalities
    return profile._replace(history=with_listed({**timelines, **thinned}, outputs))


def _thin(points: Timeline, budget: int) -> Timeline:
    """Return the first point, which dates the history, the last, and what fits of the newest."""
    first, *others = points
    sizes = accumulate(map(_size, reversed(others)), initial=_size(first))
    kept = sum(size <= budget for size in sizes) - 1
    return (first, *others[-max(1, kept) :])
