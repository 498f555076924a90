"""The shapes of the API's answers, for its description alone: answers are written as they are.

Tests hold the answers to them. None stands where nothing is published.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_ID = "nousresearch/hermes-4-405b"
_MOMENT = "2026-08-22T18:35:00+00:00"
PerMillion = dict[str, float | None]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ModelSummary(_Shape):
    """A model in short. `PPM` is in US dollars per million tokens, `price` the same in words."""

    id: str = Field(examples=[_ID])
    name: str
    author: str
    url: str = Field(description="its page")
    created: int | None = Field(description="Unix seconds at which OpenRouter began to list it")
    context_length: int | None = Field(description="tokens")
    input_modalities: list[str]
    output_modalities: list[str]
    price: str | None = Field(examples=["$1/M in, $3/M out"])
    PPM: PerMillion = Field(examples=[{"prompt": 1, "completion": 3}])
    withdrawn_since: str | None = Field(description="when it was first seen to be gone")


class ModelList(_Shape):
    """Models, the newest first, those no longer listed last; `total` counts all that are meant."""

    snapshot: str
    as_of: str = Field(examples=[_MOMENT])
    total: int
    limit: int
    offset: int
    models: list[ModelSummary]


class ModelRecord(BaseModel):
    """The merged record: upstream's fields, untouched under `openrouter_raw`, and derived ones."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(examples=[_ID])
    name: str
    description: str | None
    created: int | None
    canonical_slug: str | None
    hugging_face_id: str | None
    source_type: Literal["openrouter_only", "openrouter_and_arena"]
    context_length: int | None
    max_completion_tokens: int | None
    is_moderated: bool | None
    input_modalities: list[str]
    output_modalities: list[str]
    supported_parameters: list[str]
    pricing: dict[str, Any] | None
    PPM: PerMillion
    arena: dict[str, Any] = Field(default={}, description="absent where no rank is matched")
    withdrawn_since: str = Field(default="", description="absent while it is listed")
    openrouter_raw: dict[str, Any]


class Event(_Shape):
    """One change. Prices are upstream's decimal strings, in US dollars for one unit."""

    moment: str = Field(description="when it was first seen", examples=[_MOMENT])
    fact: Literal["price", "context", "name", "expires", "listed"]
    before: Any
    after: Any


class ModelHistory(_Shape):
    """What changed of a model since it was first seen, the newest first."""

    id: str = Field(examples=[_ID])
    first_seen: str = Field(examples=[_MOMENT])
    withdrawn_since: str | None
    events: list[Event]


class Price(_Shape):
    """US dollars, a decimal string, for a unit such as "per million tokens"."""

    mode: str = Field(examples=["prompt"])
    usd: str = Field(examples=["1"])
    unit: str = Field(examples=["per million tokens"])


class Tier(_Shape):
    """Prices that replace the base ones under a condition."""

    condition: str = Field(examples=["over 200,000 prompt tokens"])
    prices: list[Price]


class Prices(_Shape):
    """All that a provider asks. Modes that are not listed cost nothing or are not published."""

    kind: Literal["priced", "free", "variable", "elsewhere", "unpublished"]
    prices: list[Price]
    tiers: list[Tier]


class ModelEndpoint(_Shape):
    """One provider's offer. `discount` is a share of 1 that the prices have in them already."""

    provider: str
    tag: str | None
    quantization: str | None
    context_length: int | None
    max_prompt_tokens: int | None
    max_completion_tokens: int | None
    price: str | None
    pricing: Prices
    discount: float | None
    uptime_1d: float | None = Field(description="percent of the day before it was asked")
    is_degraded: bool


class ModelEndpoints(_Shape):
    """Who serves a model, the cheapest first; `asked` is null until anybody has asked."""

    id: str = Field(examples=[_ID])
    asked: str | None = Field(examples=[_MOMENT])
    endpoints: list[ModelEndpoint]


class Comparison(_Shape):
    """Models side by side, in the order in which they were asked for."""

    models: list[ModelRecord]


class Status(_Shape):
    """Which snapshot is served, how many models it has, and the state of each of its sources."""

    snapshot: str
    as_of: str = Field(examples=[_MOMENT])
    models: int
    withdrawn: int
    sources: dict[str, dict[str, Any]]


class Problem(BaseModel):
    """What went wrong (RFC 9457). `near` has the ids that come near one that is unknown."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No model has the address 'nousresearch/hermes'."])
    instance: str = Field(examples=["/api/models/nousresearch/hermes"])
    near: list[str] = Field(default=[], examples=[[_ID]])
