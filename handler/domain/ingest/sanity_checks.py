"""Checks that keep a wrong model list from replacing a good one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model import Model
from handler.domain.errors import CatalogRejected
from handler.domain.ingest.merge import ObservedModelList

# A price that rose or fell by this factor is more likely a mistake.
_SUSPICIOUS_PRICE_FACTOR = 10
# Twice what a snapshot was designed for. 560 models are listed in 2026.
_MAX_MODELS = 20_000
# A list may add so many models, or as many as are stored: models that it invents would keep their
# pages. Real lists added 300 at most, between stored dates a year apart.
_MAX_NEW_MODELS = 1_000
_TOKEN_DIMENSIONS = {"prompt", "completion"}
# Facts by which a model is recognized. Of real models a quarter had another context length after
# fourteen months, a tenth took more kinds of input after ten, and every other fact changed for 3 %
# at most.
_FACTS = {
    "name": "name",
    "context_length": "context length",
    "created": "time of release",
    "hugging_face_id": "Hugging Face id",
    "input_modalities": "kinds of input",
    "output_modalities": "kinds of output",
    "expiration_date": "last day",
}
# So many models may change at once, however few are listed.
_MIN_ALLOWED_REWRITES = 10

_Pairs = Sequence[tuple[Model, Model]]


@dataclass(frozen=True, slots=True)
class SanityLimits:
    """Fractions from 0 to 1 above which a list is rejected.

    `max_lost_fraction`: real lists of one query lost up to 27 % of their models between stored
    dates weeks apart, and 8 % within hours; a half list or a wrong one loses more. Listed models
    that have lost a fact, or have another, count likewise.
    `max_repriced_fraction`: of real token prices 2 % changed tenfold or more within ten months, and
    none within four; a wrong unit, or zeros, change them all.
    `max_skipped_fraction`: all of 2,669 real records could be models.
    """

    max_lost_fraction: float = 0.4
    max_repriced_fraction: float = 0.2
    max_skipped_fraction: float = 0.2


def check_model_list(
    limits: SanityLimits, stored: CatalogData | None, observed: ObservedModelList, skipped: int
) -> None:
    """Raise CatalogRejected if a list looks wrong, by itself or compared with the stored catalog.

    A late list removes nothing, so it is not compared.
    """
    records = len(observed.models) + skipped
    if skipped / records > limits.max_skipped_fraction:
        raise CatalogRejected(
            f"{skipped} of {records} records cannot be models, "
            f"more than the {limits.max_skipped_fraction:.0%} that a refresh may set aside"
        )
    _check_new(stored, observed)
    if stored and observed.as_of > stored.as_of:
        listed = [profile.model for profile in stored.profiles if not profile.withdrawn]
        expected = [m for m in listed if observed.coverage.includes(m.output_modalities)]
        _check_lost(limits, expected, observed)
        pairs = [(old, observed.models[old.id]) for old in expected if old.id in observed.models]
        _check_lost_facts(limits, pairs)
        _check_rewritten_facts(limits, pairs)
        _check_prices(limits, pairs)


def _check_new(stored: CatalogData | None, observed: ObservedModelList) -> None:
    stored_ids = {profile.model.id for profile in stored.profiles} if stored else set()
    new_ids = observed.models.keys() - stored_ids
    limit = min(_MAX_MODELS, max(_MAX_NEW_MODELS, len(stored_ids))) if stored else _MAX_MODELS
    if len(new_ids) > limit:
        raise CatalogRejected(
            f"the list has {len(new_ids)} models that are not known, more than {limit} at once"
        )


def _check_lost(
    limits: SanityLimits, expected: Sequence[Model], observed: ObservedModelList
) -> None:
    listed_ids = observed.models.keys() | observed.unreadable_ids
    lost = [model.id for model in expected if model.id not in listed_ids]
    if expected and len(lost) / len(expected) > limits.max_lost_fraction:
        raise CatalogRejected(
            f"the list has lost {len(lost)} of {len(expected)} known models (such as {lost[0]}), "
            f"more than the {limits.max_lost_fraction:.0%} that a refresh may lose"
        )


def _check_lost_facts(limits: SanityLimits, pairs: _Pairs) -> None:
    """Reject a list whose models have lost a fact: upstream may have renamed a field."""
    lost = [new.id for old, new in pairs if _has_lost_fact(old, new)]
    if pairs and len(lost) / len(pairs) > limits.max_lost_fraction:
        raise CatalogRejected(
            f"{len(lost)} of {len(pairs)} models (such as {lost[0]}) have lost their name or "
            f"context length, more than the {limits.max_lost_fraction:.0%} that a refresh may lose"
        )


def _has_lost_fact(old: Model, new: Model) -> bool:
    has_lost_name = old.name != old.id and new.name == new.id
    return has_lost_name or bool(old.context_length and not new.context_length)


def _check_rewritten_facts(limits: SanityLimits, pairs: _Pairs) -> None:
    """Reject a list in which a fact differs for most models: one name for all, say."""
    for fact, label in _FACTS.items():
        rewritten = [new.id for old, new in pairs if getattr(old, fact) != getattr(new, fact)]
        if len(rewritten) > max(_MIN_ALLOWED_REWRITES, limits.max_lost_fraction * len(pairs)):
            raise CatalogRejected(
                f"{len(rewritten)} of {len(pairs)} models (such as {rewritten[0]}) have another "
                f"{label} than before, more than the {limits.max_lost_fraction:.0%} that a refresh "
                "may rewrite"
            )


def _check_prices(limits: SanityLimits, pairs: _Pairs) -> None:
    repriced = [new.id for old, new in pairs if _is_repriced(old, new)]
    if pairs and len(repriced) / len(pairs) > limits.max_repriced_fraction:
        raise CatalogRejected(
            f"{len(repriced)} of {len(pairs)} models (such as {repriced[0]}) cost "
            f"{_SUSPICIOUS_PRICE_FACTOR} times what they did, or that part of it, or nothing any "
            f"more: more than the {limits.max_repriced_fraction:.0%} that a refresh may change so"
        )


def _is_repriced(old: Model, new: Model) -> bool:
    before, after = old.pricing.schedule.amounts, new.pricing.schedule.amounts
    # A price that is no longer published counts as 0. No real one has ever been dropped.
    return any(
        _is_suspicious_change(before[dimension], after.get(dimension, Decimal(0)))
        for dimension in _TOKEN_DIMENSIONS & before.keys()
    )


def _is_suspicious_change(before: Decimal, after: Decimal) -> bool:
    if before <= 0 or after <= 0:
        return before != after
    return max(before / after, after / before) >= _SUSPICIOUS_PRICE_FACTOR
