"""What a new list must not do before it may change the stored catalog."""

from dataclasses import dataclass
from decimal import Decimal

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model import Model
from handler.domain.errors import CatalogRejected
from handler.domain.ingest.merge import ObservedModelList

# A price that is this many times what it was, or that part of it, is more likely a mistake.
_BEYOND_REASON = 10
# Twice what a snapshot was designed for; 560 are listed in 2026.
_MAX_MODELS = 20_000
# A list may bring so many models that nobody knows, or as many as are known: what it invents keeps
# its pages. Real lists brought 300 at most, between stored dates a year apart.
_MAX_NEW_FACTOR = 1_000
_TOKENS = {"prompt", "completion"}
# What a model is known by. Of real ones a quarter had another context length after fourteen months,
# a tenth took more kinds of input after ten, and every other fact changed for 3 % at most.
_FACTS = {
    "name": "name",
    "context_length": "context length",
    "created": "time of release",
    "hugging_face_id": "Hugging Face id",
    "input_modalities": "kinds of input",
    "output_modalities": "kinds of output",
    "expiration_date": "last day",
}
# Of a handful of models, all may change at once.
_FEW = 10


@dataclass(frozen=True, slots=True)
class SanityLimits:
    """Shares from 0 to 1 above which a list is refused.

    `max_lost_fraction`: real lists of one query lost up to 27 % of their models between stored dates weeks
    apart, and 8 % within hours; a half list or a wrong one loses more. Models that are there and
    have lost a fact, or have another, count likewise.
    `max_repriced_fraction`: of real token prices 2 % changed tenfold or more within ten months, and none
    within four; a wrong unit, or zeros, change them all.
    `max_skipped_fraction`: none of 2,669 real records could not be a model.
    """

    max_lost_fraction: float = 0.4
    max_repriced_fraction: float = 0.2
    max_skipped_fraction: float = 0.2


def check_model_list(
    gates: SanityLimits, known: CatalogData | None, seen: ObservedModelList, skipped: int
) -> None:
    """Raise CatalogRejected where a list looks like a mistake, by itself or next to what is known.

    One that comes late takes nothing away, so it is only judged by itself.
    """
    _check_skipped(gates, len(seen.models), skipped)
    _check_new(known, seen)
    if known and seen.as_of > known.as_of:
        listed = [profile.model for profile in known.profiles if not profile.withdrawn]
        expected = [m for m in listed if seen.coverage.includes(m.output_modalities)]
        _check_lost(gates, expected, seen)
        _check_facts(gates, expected, seen)
        _check_rewritten(gates, expected, seen)
        _check_prices(gates, expected, seen)


def _check_skipped(gates: SanityLimits, models: int, skipped: int) -> None:
    records = models + skipped
    if skipped / records > gates.max_skipped_fraction:
        raise CatalogRejected(
            f"{skipped} of {records} records cannot be models, "
            f"more than the {gates.max_skipped_fraction:.0%} that a refresh may set aside"
        )


def _check_lost(gates: SanityLimits, expected: list[Model], seen: ObservedModelList) -> None:
    still_there = seen.models.keys() | seen.unreadable
    lost = [model.id for model in expected if model.id not in still_there]
    if expected and len(lost) / len(expected) > gates.max_lost_fraction:
        raise CatalogRejected(
            f"the list has lost {len(lost)} of {len(expected)} known models (such as {lost[0]}), "
            f"more than the {gates.max_lost_fraction:.0%} that a refresh may lose"
        )


def _check_new(known: CatalogData | None, seen: ObservedModelList) -> None:
    known_ids = {profile.model.id for profile in known.profiles} if known else set()
    new = seen.models.keys() - known_ids
    most = min(_MAX_MODELS, max(_MAX_NEW_FACTOR, len(known_ids))) if known else _MAX_MODELS
    if len(new) > most:
        raise CatalogRejected(
            f"the list has {len(new)} models that are not known, more than {most} at once"
        )


def _check_facts(gates: SanityLimits, expected: list[Model], seen: ObservedModelList) -> None:
    """Refuse a list that no longer says what it did: upstream may give a field another name."""
    pairs = [(old, seen.models[old.id]) for old in expected if old.id in seen.models]
    poorer = [new.id for old, new in pairs if _is_poorer(old, new)]
    if pairs and len(poorer) / len(pairs) > gates.max_lost_fraction:
        raise CatalogRejected(
            f"{len(poorer)} of {len(pairs)} models (such as {poorer[0]}) have lost their name or "
            f"context length, more than the {gates.max_lost_fraction:.0%} that a refresh may lose"
        )


def _is_poorer(old: Model, new: Model) -> bool:
    nameless = old.name != old.id and new.name == new.id
    return nameless or bool(old.context_length and not new.context_length)


def _check_rewritten(gates: SanityLimits, expected: list[Model], seen: ObservedModelList) -> None:
    """Refuse a list that says something else of most models: one name for all, or the past."""
    pairs = [(old, seen.models[old.id]) for old in expected if old.id in seen.models]
    for fact, words in _FACTS.items():
        others = [new.id for old, new in pairs if getattr(old, fact) != getattr(new, fact)]
        if len(others) > max(_FEW, gates.max_lost_fraction * len(pairs)):
            raise CatalogRejected(
                f"{len(others)} of {len(pairs)} models (such as {others[0]}) have another {words} "
                f"than before, more than the {gates.max_lost_fraction:.0%} that a refresh may rewrite"
            )


def _check_prices(gates: SanityLimits, expected: list[Model], seen: ObservedModelList) -> None:
    pairs = [(old, seen.models[old.id]) for old in expected if old.id in seen.models]
    wild = [new.id for old, new in pairs if _is_beyond_reason(old, new)]
    if pairs and len(wild) / len(pairs) > gates.max_repriced_fraction:
        raise CatalogRejected(
            f"{len(wild)} of {len(pairs)} models (such as {wild[0]}) cost {_BEYOND_REASON} times "
            f"what they did, or that part of it, or nothing any more: "
            f"more than the {gates.max_repriced_fraction:.0%} that a refresh may change so"
        )


def _is_beyond_reason(old: Model, new: Model) -> bool:
    before, after = old.pricing.schedule.amounts, new.pricing.schedule.amounts
    # One that was published and is no more is a leap to nothing. Of real ones none was.
    return any(
        _is_leap(before[mode], after.get(mode, Decimal(0))) for mode in _TOKENS & before.keys()
    )


def _is_leap(before: Decimal, after: Decimal) -> bool:
    if before <= 0 or after <= 0:
        return before != after
    return max(before / after, after / before) >= _BEYOND_REASON
