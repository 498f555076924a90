"""Schemas of the API's responses, for its OpenAPI description.

Responses are not built from them: tests validate the responses instead. The docstrings, the names
and the descriptions of fields are public. None means that nothing is published.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_ID = "nousresearch/hermes-4-405b"
_MOMENT = "2026-08-22T18:35:00+00:00"
_CREATED = (
    "Unix seconds at which OpenRouter began to list it; null where upstream gives a time before "
    "2020, or one that was still to come when the list was read"
)
PerMillion = dict[str, float | None]


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ModelSummary(_Schema):
    """A model in brief. `PPM` is in US dollars per million tokens, `price` the same in words."""

    id: str = Field(examples=[_ID])
    name: str
    author: str
    url: str = Field(description="its page")
    created: int | None = Field(description=_CREATED)
    context_length: int | None = Field(description="tokens")
    input_modalities: list[str]
    output_modalities: list[str]
    price: str | None = Field(description="in words", examples=["$1/M in, $3/M out"])
    PPM: PerMillion = Field(
        description="US dollars per million tokens, by what is billed",
        examples=[{"prompt": 1, "completion": 3}],
    )
    last_read: str = Field(description="of which list these facts are", examples=[_MOMENT])
    withdrawn_since: str | None = Field(description="when it was first seen to be gone")


class ModelList(_Schema):
    """Models, the newest first unless sorted otherwise; `total` counts all that match."""

    snapshot: str = Field(description="which version of the catalog")
    as_of: str = Field(description="when the list was last read", examples=[_MOMENT])
    total: int = Field(description="total matches")
    limit: int = Field(description="the limit of the request")
    offset: int = Field(description="the offset of the request")
    models: list[ModelSummary]


class ModelRecord(BaseModel):
    """The merged record: upstream's fields, unchanged under `openrouter_raw`, and derived ones.

    A field that cannot be read is null; fractions of tokens are rounded down.
    """

    model_config = ConfigDict(extra="allow")

    id: str = Field(examples=[_ID])
    name: str
    description: str | None = Field(description="Markdown, as its author wrote it")
    created: int | None = Field(description=_CREATED)
    canonical_slug: str | None
    hugging_face_id: str | None
    source_type: Literal["openrouter_only", "openrouter_and_arena"]
    context_length: int | None
    max_completion_tokens: int | None
    is_moderated: bool | None
    input_modalities: list[str]
    output_modalities: list[str]
    supported_parameters: list[str]
    pricing: dict[str, Any] | None = Field(description="US dollars for one unit, as listed")
    PPM: PerMillion = Field(description="US dollars per million tokens, by what is billed")
    arena: dict[str, Any] = Field(default={}, description="absent where no rank is matched")
    last_read: str = Field(description="of which list this record is", examples=[_MOMENT])
    unreadable_at: str = Field(
        default="", description="of which newer list the record could not be read, else absent"
    )
    withdrawn_since: str = Field(default="", description="absent while it is listed")
    openrouter_raw: dict[str, Any] = Field(description="upstream’s record, untouched")


class Event(_Schema):
    """One change. Prices are upstream's decimal strings, in US dollars for one unit."""

    moment: str = Field(description="when it was first seen", examples=[_MOMENT])
    fact: Literal["price", "context", "name", "expires", "listed"]
    before: Any = Field(description="what it was")
    after: Any = Field(description="what it became")


class ModelHistory(_Schema):
    """The changes of a model since it was first seen, the newest first."""

    id: str = Field(examples=[_ID])
    first_seen: str = Field(description="when anybody first saw it here", examples=[_MOMENT])
    last_read: str = Field(description="of which list these facts are", examples=[_MOMENT])
    withdrawn_since: str | None = Field(description="when it was first seen to be gone")
    events: list[Event]


class Price(_Schema):
    """A price in US dollars, a decimal string, for a unit such as "per million tokens"."""

    mode: str = Field(examples=["prompt"])
    usd: str | None = Field(description="null where it varies", examples=["1"])
    unit: str = Field(examples=["per million tokens"])


class Condition(_Schema):
    """When a price applies. A part that is null does not limit it.

    A window runs from `utc_start` up to, but without, `utc_end`, on each of `utc_days`.
    """

    min_prompt_tokens: int | None = Field(description="more prompt tokens than these")
    utc_days: list[str] | None = Field(examples=[["saturday", "sunday"]])
    utc_start: str | None = Field(examples=["01:00"])
    utc_end: str | None = Field(examples=["04:00"])


class Tier(_Schema):
    """Prices that replace the base prices while any of the conditions holds."""

    condition: str = Field(description="in words", examples=["over 200,000 prompt tokens"])
    conditions: list[Condition]
    prices: list[Price]


class Prices(_Schema):
    """All prices. Modes that are not listed cost nothing or are not published.

    Where prices depend on the hour, the base prices are those of the cheapest one.
    """

    kind: Literal["priced", "free", "variable", "elsewhere", "unpublished"]
    prices: list[Price]
    tiers: list[Tier]
    unreadable_overrides: int = Field(description="how many other prices could not be read")


class ModelPrices(_Schema):
    """The prices of a model with its schedule, each with its unit."""

    id: str = Field(examples=[_ID])
    price: str | None = Field(description="in words", examples=["$1/M in, $3/M out"])
    pricing: Prices


class ModelEndpoint(_Schema):
    """One provider's endpoint. `discount` is a fraction of 1, already included in the prices."""

    provider: str
    tag: str | None
    quantization: str | None
    context_length: int | None
    max_prompt_tokens: int | None
    max_completion_tokens: int | None
    price: str | None = Field(description="in words")
    pricing: Prices = Field(description="every price, with its unit, and the tiers")
    discount: float | None = Field(description="from 0 to 1, in the prices already")
    uptime_1d: float | None = Field(description="percent of the day before it was asked")
    is_degraded: bool = Field(description="whether upstream says that it does badly")
    service_tier: str | None = Field(description="another level of service, such as flex")


class ModelEndpoints(_Schema):
    """The endpoints of a model, the cheapest first; `asked` is null before the first fetch."""

    id: str = Field(examples=[_ID])
    asked: str | None = Field(description="when upstream was asked", examples=[_MOMENT])
    endpoints: list[ModelEndpoint]


class Workload(_Schema):
    """Requests of one size, with the numbers of tokens that go in and come out of each."""

    tokens_in: int
    tokens_out: int
    requests: int


class Estimate(_Schema):
    """The cost of a workload in US dollars, decimal strings, over all hours of the week."""

    lowest: str | None = Field(examples=["1.6"])
    highest: str | None = Field(examples=["1.6"])
    reason: str | None = Field(description="why there is no cost", examples=["varies"])
    per_search: str | None = Field(description="the fee of each web search, which is not included")


class Comparison(_Schema):
    """Models side by side, in the order of the request."""

    workload: Workload = Field(description="as asked for")
    costs: dict[str, str | None] = Field(
        description="what it costs with each, US dollars by id, in the cheapest hour",
        examples=[{_ID: "1.6"}],
    )
    estimates: dict[str, Estimate] = Field(description="the same, with the range over the week")
    models: list[ModelRecord]


class Status(_Schema):
    """The snapshot that is served, its number of models, and the state of each of its sources."""

    code: str = Field(description="which version of the code answers", examples=["0.1.0"])
    snapshot: str = Field(description="which version of the catalog")
    as_of: str = Field(description="when the list was last read", examples=[_MOMENT])
    models: int = Field(description="how many are listed")
    withdrawn: int = Field(description="how many are listed no longer")
    sources: dict[str, dict[str, Any]] = Field(description="where each came from, and its state")


class Problem(BaseModel):
    """A problem (RFC 9457). `near` has the known ids that are similar to an unknown one."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No model has the address 'nousresearch/hermes'."])
    instance: str = Field(examples=["/api/models/nousresearch/hermes"])
    near: list[str] = Field(default=[], examples=[[_ID]])
