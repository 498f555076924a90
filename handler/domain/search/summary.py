"""Models as rows: the facts by which they are listed, filtered and sorted."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from handler.domain.catalog.lifetime import find_created
from handler.domain.catalog.model import Model, author_of, split_display_name
from handler.domain.catalog.model_history import PRICE, ModelHistory
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import changes
from handler.domain.pricing.cost import is_token_billed
from handler.domain.pricing.format import format_price
from handler.domain.pricing.headline import blend, has_surcharge_tier, headline, request_fee
from handler.domain.pricing.parse import per_million_tokens
from handler.domain.pricing.types import PricingKind

NEW_DAYS = 30
CHANGED_DAYS = 30

# Real models have 6 modalities, 30 parameters and 30 providers at most.
_MAX_MODALITIES = 12
_MAX_PARAMETERS = 60
_MAX_PROVIDERS = 60

_SEPARATORS = re.compile(r"[^a-z0-9]+")


class ModelRow(NamedTuple):
    """One model in a list, None or empty where nothing is published.

    `created` is in Unix seconds, `price` is the headline in words. Other prices are in US dollars
    per million tokens, zero for a free model; `per_million` has them by dimension, as the field
    `PPM` of the API; `is_tiered` says that a tier asks more, `is_by_token` that only tokens in and
    out are billed, and a `fee` for each request where there is one: "$0.005/request".
    `blended_price` is of three parts input and one part output, None unless tokens are all that is
    billed. `context` and `max_output` are in tokens, `providers` are names by slug. `is_new` and
    `is_changed` say that the model was added, or its price changed, in the last 30 days. `changed`
    is the moment of the newest change, or of the first list with the model.
    """

    id: str
    name: str
    author: str
    created: int | None
    kind: PricingKind
    price: str | None
    input_price: Decimal | None
    output_price: Decimal | None
    cache_read_price: Decimal | None
    blended_price: Decimal | None
    per_million: Mapping[str, int | float | None]
    is_tiered: bool
    is_by_token: bool
    fee: str | None
    context: int | None
    max_output: int | None
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    providers: Mapping[str, str]
    is_open: bool
    is_new: bool
    is_changed: bool
    rank: int | None
    read_at: datetime
    changed: datetime
    withdrawn: datetime | None

    @property
    def vendor(self) -> str:
        """The maker's name for readers, the first part of the model's name."""
        return split_display_name(self.name, self.author)[0]

    @property
    def title(self) -> str:
        """The model's name without the vendor's."""
        return split_display_name(self.name, self.author)[1]

    @property
    def is_free(self) -> bool:
        """Whether the model is listed as free. An unpublished price is not free."""
        return self.kind is PricingKind.FREE

    @property
    def is_paid(self) -> bool:
        """Whether something is billed. An unpublished price is not known to be paid."""
        return self.kind not in (PricingKind.FREE, PricingKind.UNPUBLISHED)

    @property
    def provider_count(self) -> int | None:
        """How many providers serve the model, None where no endpoint is known."""
        return len(self.providers) or None


def summarize(profile: Profile, as_of: datetime) -> ModelRow:
    """Return the row of a model. `as_of` is the catalog's time, by which a model is new."""
    model, created = profile.model, find_created(profile)
    pricing = model.pricing
    fee = request_fee(pricing)
    new_since = as_of - timedelta(days=NEW_DAYS)
    return ModelRow(
        id=model.id,
        name=model.name,
        author=author_of(model.id),
        created=created,
        kind=pricing.kind,
        price=headline(pricing, model.output_modalities),
        input_price=pricing.price_per_million("prompt"),
        output_price=pricing.price_per_million("completion"),
        cache_read_price=pricing.price_per_million("input_cache_read"),
        blended_price=_blend(model),
        per_million=per_million_tokens(pricing),
        is_tiered=has_surcharge_tier(pricing),
        is_by_token=is_token_billed(model),
        fee=format_price(fee) if fee else None,
        context=model.context_length,
        max_output=model.max_completion_tokens,
        inputs=model.input_modalities[:_MAX_MODALITIES],
        outputs=model.output_modalities[:_MAX_MODALITIES],
        parameters=model.supported_parameters[:_MAX_PARAMETERS],
        providers=_provider_names(profile),
        is_open=model.hugging_face_id is not None,
        is_new=profile.withdrawn is None and (created or 0) > new_since.timestamp(),
        is_changed=_was_repriced(profile.history, as_of - timedelta(days=CHANGED_DAYS)),
        rank=profile.arena_rank.rank if profile.arena_rank else None,
        read_at=profile.read_at,
        changed=profile.history.last_change(),
        withdrawn=profile.withdrawn,
    )


def _provider_names(profile: Profile) -> dict[str, str]:
    names = {slugify(each.provider): each.provider for each in profile.endpoints()}
    return dict(islice(names.items(), _MAX_PROVIDERS))


def _blend(model: Model) -> Decimal | None:
    """Return the price of three parts input and one part output, per million tokens."""
    prices = [model.pricing.price_per_million(name) for name in ("prompt", "completion")]
    is_by_token = model.pricing.kind is PricingKind.FREE or is_token_billed(model)
    if None in prices or not is_by_token:
        return None
    input_price, output_price = (price or Decimal(0) for price in prices)
    return blend(input_price, output_price)


def _was_repriced(history: ModelHistory, since: datetime) -> bool:
    """Return whether the price changed after a moment. The first listing is no change."""
    return any(moment > since for moment, *_ in changes(history.timelines[PRICE]))


def slugify(name: str) -> str:
    """Return "amazon-bedrock" for "Amazon Bedrock"."""
    return _SEPARATORS.sub("-", name.lower()).strip("-")
