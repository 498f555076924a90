"""What a new catalog must not do before it may replace the stored one."""

from collections.abc import Collection
from dataclasses import dataclass

from handler.domain.errors import RefusedCatalog


@dataclass(frozen=True, slots=True)
class Gates:
    """Shares from 0 to 1 above which a catalog is refused.

    Real lists lost up to 27 % of their models between stored dates weeks apart, and 8 % within
    hours; a half list or a wrong one loses more. Real records that cannot be models: none in
    2,669.
    """

    most_lost: float = 0.4
    most_set_aside: float = 0.2


def check(gates: Gates, known: Collection[str], listed: Collection[str], set_aside: int) -> None:
    """Raise RefusedCatalog where the listed ids, next to those known, look like a mistake."""
    lost = [model_id for model_id in known if model_id not in listed]
    if known and len(lost) / len(known) > gates.most_lost:
        raise RefusedCatalog(
            f"the list has lost {len(lost)} of {len(known)} known models (such as {lost[0]}), "
            f"more than the {gates.most_lost:.0%} that a refresh may lose"
        )
    records = len(listed) + set_aside
    if set_aside / records > gates.most_set_aside:
        raise RefusedCatalog(
            f"{set_aside} of {records} records cannot be models, "
            f"more than the {gates.most_set_aside:.0%} that a refresh may set aside"
        )
