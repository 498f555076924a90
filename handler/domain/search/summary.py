"""Models as rows: the facts by which they are listed, filtered and sorted.

Decoding all profiles of a snapshot takes a tenth of a second, so rows are built once per snapshot.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from handler.domain.catalog.lifetime import find_created
from handler.domain.catalog.model import split_display_name
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.cost import is_token_billed
from handler.domain.pricing.format import format_price
from handler.domain.pricing.headline import has_surcharge_tier, headline, request_fee
from handler.domain.pricing.types import PricingKind

NEW_DAYS = 30

_SEPARATORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in a list, None or empty where nothing is published.

    `vendor` and `title` are the two parts of its name, `created` is in Unix seconds, `price` is the
    headline in words. Other prices are in US dollars per million tokens, zero for a free model;
    `is_tiered` says that a tier asks more, `is_by_token` that only tokens in and out are billed,
    and a `fee` for each request where there is one: "$0.005/request".
    `context` is in tokens, `providers` are names by slug.
    """

    id: str
    name: str
    author: str
    vendor: str
    title: str
    created: int | None
    kind: PricingKind
    price: str | None
    input_price: Decimal | None
    output_price: Decimal | None
    is_tiered: bool
    is_by_token: bool
    fee: str | None
    context: int | None
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    providers: Mapping[str, str]
    is_open: bool
    is_new: bool
    rank: int | None
    withdrawn: datetime | None

    @property
    def is_free(self) -> bool:
        """Whether the model is listed as free. An unpublished price is not free."""
        return self.kind is PricingKind.FREE


def summarize(profile: Profile, as_of: datetime) -> ModelRow:
    """Return the row of a model. `as_of` is the catalog's time, by which a model is new."""
    model, created = profile.model, find_created(profile)
    pricing = model.pricing
    fee = request_fee(pricing)
    vendor, title = split_display_name(model.name, model.author)
    new_since = as_of - timedelta(days=NEW_DAYS)
    return ModelRow(
        id=model.id,
        name=model.name,
        author=model.author,
        vendor=vendor,
        title=title,
        created=created,
        kind=pricing.kind,
        price=headline(pricing, model.output_modalities),
        input_price=pricing.price_per_million("prompt"),
        output_price=pricing.price_per_million("completion"),
        is_tiered=has_surcharge_tier(pricing),
        is_by_token=is_token_billed(model),
        fee=format_price(fee) if fee else None,
        context=model.context_length,
        inputs=model.input_modalities,
        outputs=model.output_modalities,
        parameters=model.supported_parameters,
        providers={slugify(each.provider): each.provider for each in profile.endpoints()},
        is_open=model.hugging_face_id is not None,
        is_new=profile.withdrawn is None and (created or 0) > new_since.timestamp(),
        rank=profile.arena_rank.rank if profile.arena_rank else None,
        withdrawn=profile.withdrawn,
    )


def slugify(name: str) -> str:
    """Return "amazon-bedrock" for "Amazon Bedrock"."""
    return _SEPARATORS.sub("-", name.lower()).strip("-")
