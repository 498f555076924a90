from datetime import timedelta

import pytest
from markdown_it import MarkdownIt

from handler.domain.arena.rank import OtherEffort
from handler.domain.catalog.profile import EndpointData, Profile
from handler.web.http.headers import MARKDOWN
from tests.support.builders import (
    AS_OF,
    HERMES,
    STANDING,
    MemoryStore,
    model,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)
from tests.support.constants import SITE_URL
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of

PATH = f"/{HERMES['id']}"


def get_markdown(known: Profile) -> Answer:
    return ask(create_app(MemoryStore(stored(known))), f"/{known.model.id}.md")


ENDPOINT = {"provider_name": "Cheap", "pricing": {"prompt": "0.000001", "completion": "0.000003"}}


def full_profile() -> Profile:
    full = profile(
        HERMES,
        "A large model.",
        endpoint_data=EndpointData(AS_OF, (ENDPOINT,)),
        arena_rank=STANDING,
    )
    renamed = model({**HERMES, "context_length": 8192})
    history = record_listing(full.history, renamed, AS_OF + timedelta(hours=1))
    return full._replace(history=history, model=renamed)


def test_markdown_has_the_facts_of_the_page_in_order() -> None:
    assert (
        get_markdown(full_profile()).text
        == f"""\
# Nous: Hermes 4 405B

`nousresearch/hermes-4-405b`, at <{SITE_URL}{PATH}>

OpenRouter’s list, as of 22 August 2026, 18:35 UTC.

A language model by Nous with 8.1K context; reads text.

## Prices

US dollars.

| For | Unit | Price |
| --- | --- | --- |
| Input | per million tokens | $1 |
| Output | per million tokens | $3 |

## Providers

As of 22 August 2026, 18:35 UTC.

| Provider | Note | Price | Cache read | Context | Max output | Quantization | \
24-hour uptime |
| --- | --- | --- | --- | --- | --- | --- | --- |
| Cheap | matches list price | $1/M in, $3/M out | not published | not published | not published | \
not published | not published |

## Context and limits

- Context length: 8,192 tokens
- Context at top provider: 131,072 tokens
- Max output tokens: not published
- Moderation: no
- Knowledge cutoff: not published

## Modalities and parameters

- Input: text
- Output: text
- Tokenizer: Other
- Supported parameters: max\\_tokens, temperature

## Arena rank

- Rank: 12 of 393
- Rating: 1402, between 1390 and 1413 with 95% confidence
- Published: 19 August 2026
- Leaderboard name: hermes-4-405b

## History

First seen here on 22 August 2026.

| Seen on | What | Before | After | Change |
| --- | --- | --- | --- | --- |
| 22 August 2026 | Context length | 131,072 tokens | 8,192 tokens | — |

## Identifiers

- OpenRouter ID: nousresearch/hermes-4-405b
- Canonical slug: nousresearch/hermes-4-405b
- Hugging Face ID: NousResearch/Hermes-4-405B
- On OpenRouter since: 26 August 2025
"""
    )


def test_markdown_names_the_page_as_canonical() -> None:
    headers = get_markdown(profile(HERMES)).headers

    assert headers["content-type"] == MARKDOWN
    assert headers["link"] == f'<{SITE_URL}{PATH}>; rel="canonical"'
    assert headers["x-robots-tag"] == "noindex"


def test_page_links_to_its_markdown() -> None:
    page = ask(create_app(MemoryStore(stored(profile(HERMES))), SITE_URL), PATH)

    assert head_of(page.text).links["alternate text/markdown"] == f"{SITE_URL}{PATH}.md"


def test_markdown_notes_withdrawal_and_missing_prices() -> None:
    text = get_markdown(withdrawn(record())).text

    assert "**No longer listed since 23 August 2026.** What was last known of it:" in text
    assert "OpenRouter’s list publishes no price for this model." in text


def test_markdown_notes_missing_providers() -> None:
    free = {**HERMES, "id": f"{HERMES['id']}:free"}
    base = {**ENDPOINT, "model_id": HERMES["id"]}

    variant = get_markdown(profile(free, endpoint_data=EndpointData(AS_OF, (base,)))).text
    assert "OpenRouter names the providers of `nousresearch/hermes-4-405b`, but not" in variant
    unserved = get_markdown(profile(HERMES, endpoint_data=EndpointData(AS_OF, ()))).text
    assert "OpenRouter names no provider for it." in unserved


def structure(markdown: str) -> list[str]:
    parser = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
    tokens = [
        token for outer in parser.parse(markdown) for token in [outer, *(outer.children or [])]
    ]
    return [token.type for token in tokens]


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_adds_no_markdown_structure(text: str) -> None:
    def page(value: str) -> str:
        raw = record(name=value, tokenizer=value, canonical_slug=value, hugging_face_id=value)
        raw["architecture"] = {"tokenizer": value, "input_modalities": [value]}
        provider = {**ENDPOINT, "provider_name": value[:150]}
        endpoints = EndpointData(AS_OF, (provider,))
        return get_markdown(profile(raw, value, endpoint_data=endpoints)).text

    hostile = page(text.encode("utf-8", "replace").decode())
    assert [t for t in structure(hostile) if t != "text_special"] == structure(page("x"))


def test_markdown_has_the_ranks_at_other_efforts() -> None:
    others = (OtherEffort(3, "one-high", "at high effort"), OtherEffort(40, "one-low", "at low"))

    text = get_markdown(profile(HERMES, arena_rank=STANDING._replace(other_efforts=others))).text

    assert "- At other efforts: 3 at high effort, 40 at low" in text.splitlines()
