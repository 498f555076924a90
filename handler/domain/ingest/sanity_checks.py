"""Checks that keep a wrong model list from replacing a good one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model import Model
from handler.domain.errors import CatalogRejected
from handler.domain.ingest.fact_checks import (
    FACTS,
    MIN_ALLOWED_REWRITES,
    SUSPICIOUS_PRICE_FACTOR,
    Fact,
    ModelPairs,
    find_rewritten,
    has_lost_fact,
    is_repriced,
)
from handler.domain.ingest.merge import ObservedModelList

# Twice what a snapshot was designed for. 560 models are listed in 2026.
_MAX_MODELS = 20_000
# A list may add so many models, or as many as are stored: models that it invents would keep their
# pages. Real lists added 300 at most, between stored dates a year apart.
_MAX_NEW_MODELS = 1_000
_DAY = timedelta(days=1)
_DAYS_PER_MONTH = 30.44
_MAX_AGE_IN_DAYS = 60  # an older list is as many months old
_ADVICE = (
    "Look at the new list. If it is right, accept it once with scripts/refresh --force: "
    "see CatalogRejected in docs/operations.md"
)


@dataclass(frozen=True, slots=True)
class SanityLimits:
    """Fractions from 0 to 1 above which a list is rejected.

    `max_lost_fraction`: real lists of one query lost up to 27 % of their models between stored
    dates weeks apart, and 8 % within hours; a half list or a wrong one loses more. Listed models
    that have lost a fact, or have another, count likewise.
    `max_repriced_fraction`: of real token prices 2 % changed tenfold or more within ten months, and
    none within four; a wrong unit, or zeros, change them all.
    `max_skipped_fraction`: all of 2,669 real records could be models.
    `max_new_models_per_day`: those of the first list do not count. A backfill by hand, which adds a
    year at once, has no limit.
    """

    max_lost_fraction: float = 0.4
    max_repriced_fraction: float = 0.2
    max_skipped_fraction: float = 0.2
    max_new_models_per_day: float = 1_000


def check_model_list(
    limits: SanityLimits, stored: CatalogData | None, observed: ObservedModelList, skipped: int
) -> None:
    """Raise CatalogRejected if a list looks wrong, by itself or compared with the stored catalog.

    The message says how old the stored list is, and how to accept the new one. A late list removes
    nothing, so it is not compared.
    """
    problems = [
        _find_skipped(limits, observed, skipped),
        _find_flood(stored, observed),
        _find_daily_flood(limits, stored, observed),
    ]
    if stored and observed.as_of > stored.as_of:
        problems += _compare(limits, stored, observed)
    if problem := next(filter(None, problems), None):
        age = f" {_describe_age(stored.as_of, observed.as_of)}" if stored else ""
        raise CatalogRejected(f"{problem}.{age} {_ADVICE}")


def _describe_age(stored: datetime, observed: datetime) -> str:
    days = (observed - stored).days
    if days < 0:
        return f"The stored list, of {stored:%-d %B %Y}, is newer."
    if days > _MAX_AGE_IN_DAYS:
        age = f"{days / _DAYS_PER_MONTH:.0f} months"
    else:
        age = f"{days} day{'s' if days > 1 else ''}" if days else "less than a day"
    return f"The stored list, of {stored:%-d %B %Y}, is {age} older."


def _find_skipped(limits: SanityLimits, observed: ObservedModelList, skipped: int) -> str | None:
    records = len(observed.models) + skipped
    if skipped / records <= limits.max_skipped_fraction:
        return None
    return (
        f"{skipped} of {records} records cannot be models, "
        f"more than the {limits.max_skipped_fraction:.0%} that a refresh may set aside"
    )


def _find_flood(stored: CatalogData | None, observed: ObservedModelList) -> str | None:
    stored_ids = {profile.model.id for profile in stored.profiles} if stored else set()
    new_ids = observed.models.keys() - stored_ids
    limit = min(_MAX_MODELS, max(_MAX_NEW_MODELS, len(stored_ids))) if stored else _MAX_MODELS
    if len(new_ids) <= limit:
        return None
    return f"the list has {len(new_ids)} models that are not known, more than {limit} at once"


def _find_daily_flood(
    limits: SanityLimits, stored: CatalogData | None, observed: ObservedModelList
) -> str | None:
    """Return the problem of a list that, with those of the day before it, adds too many models."""
    limit = limits.max_new_models_per_day
    if stored is None or not stored.profiles:
        return None
    seen = {profile.model.id: profile.history.first_seen for profile in stored.profiles}
    start, earliest = observed.as_of - _DAY, min(seen.values())
    recent = Counter(m for m in seen.values() if start < m <= observed.as_of and m > earliest)
    # A list that added more at once was merged by hand.
    by_schedule = sum(count for count in recent.values() if count <= limit)
    added = by_schedule + len(observed.models.keys() - seen.keys())
    if added <= limit:
        return None
    return f"lists of one day have added {added:,} models, more than {limit:,.0f}"


def _compare(
    limits: SanityLimits, stored: CatalogData, observed: ObservedModelList
) -> list[str | None]:
    listed = [profile.model for profile in stored.profiles if not profile.withdrawn]
    expected = [m for m in listed if observed.coverage.includes(m.output_modalities)]
    pairs = [(old, observed.models[old.id]) for old in expected if old.id in observed.models]
    return [
        _find_lost(limits, expected, observed),
        _find_lost_facts(limits, pairs),
        *(_find_rewritten_fact(limits, fact, pairs) for fact in FACTS),
        _find_repriced(limits, pairs),
    ]


def _find_lost(
    limits: SanityLimits, expected: Sequence[Model], observed: ObservedModelList
) -> str | None:
    listed_ids = observed.models.keys() | observed.unreadable_ids
    lost = [model.id for model in expected if model.id not in listed_ids]
    if not expected or len(lost) / len(expected) <= limits.max_lost_fraction:
        return None
    return (
        f"the list has lost {len(lost)} of {len(expected)} known models (such as {lost[0]}), "
        f"more than the {limits.max_lost_fraction:.0%} that a refresh may lose"
    )


def _find_lost_facts(limits: SanityLimits, pairs: ModelPairs) -> str | None:
    """Return the problem of models that have lost a fact: upstream may have renamed a field."""
    lost = [new.id for old, new in pairs if has_lost_fact(old, new)]
    if not pairs or len(lost) / len(pairs) <= limits.max_lost_fraction:
        return None
    return (
        f"{len(lost)} of {len(pairs)} models (such as {lost[0]}) have lost their name or "
        f"context length, more than the {limits.max_lost_fraction:.0%} that a refresh may lose"
    )


def _find_rewritten_fact(limits: SanityLimits, fact: Fact, pairs: ModelPairs) -> str | None:
    """Return the problem of a fact that differs for most models: one name for all, say."""
    rewritten = find_rewritten(fact, pairs)
    if len(rewritten) <= max(MIN_ALLOWED_REWRITES, limits.max_lost_fraction * len(pairs)):
        return None
    return (
        f"{len(rewritten)} of {len(pairs)} models (such as {rewritten[0]}) have another "
        f"{fact.label} than before, or none, more than the {limits.max_lost_fraction:.0%} that a "
        "refresh may rewrite"
    )


def _find_repriced(limits: SanityLimits, pairs: ModelPairs) -> str | None:
    repriced = [new.id for old, new in pairs if is_repriced(old, new)]
    if not pairs or len(repriced) / len(pairs) <= limits.max_repriced_fraction:
        return None
    return (
        f"{len(repriced)} of {len(pairs)} models (such as {repriced[0]}) cost "
        f"{SUSPICIOUS_PRICE_FACTOR} times what they did, or that part of it, or nothing any "
        f"more: more than the {limits.max_repriced_fraction:.0%} that a refresh may change so"
    )
