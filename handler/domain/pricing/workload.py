"""What a number of tokens costs with a model, by the base prices of the list."""

from dataclasses import dataclass
from decimal import Decimal

from handler.domain.pricing.types import MILLION
from handler.domain.search.summary import ModelRow

MAX_TOKENS = 999_999_999_999


@dataclass(frozen=True, slots=True)
class Workload:
    """Tokens in and tokens out."""

    tokens_in: int = 1_000_000
    tokens_out: int = 200_000


DEFAULT_WORKLOAD = Workload()
"""What is asked for where nothing else is: a million tokens in, and a fifth of that out."""


def estimate_cost(row: ModelRow, workload: Workload) -> Decimal | None:
    """Return the cost in US dollars, None where the model is not billed by such tokens.

    A model that gives no text, such as one that makes embeddings, has no price for tokens out.
    """
    if not row.is_by_token or row.input_price is None:
        return None
    if row.output_price is None and "text" in row.outputs:
        return None
    out = row.output_price or Decimal(0)
    return (row.input_price * workload.tokens_in + out * workload.tokens_out) / MILLION
