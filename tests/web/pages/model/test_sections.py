"""What a model's page says where more is known than the list tells."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from handler.domain.arena.rank import OtherEffort
from handler.domain.catalog.profile import EndpointData, Profile
from handler.domain.catalog.provenance import LIST, USAGE
from handler.domain.catalog.timeline import ChangePoint
from handler.domain.catalog.usage import Usage
from handler.domain.ingest.enrichment import mark_source_stale
from handler.domain.snapshot.encode import encode
from tests.support.builders import (
    AS_OF,
    HERMES,
    ORIGIN,
    STANDING,
    MemoryStore,
    contents,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of, section

UNKNOWN = "—not published"


def page_of(*profiles: Profile) -> str:
    """Return the page of the first profile, in a catalog of all of them."""
    app = create_app(MemoryStore(stored(*profiles)))
    return ask(app, f"/{profiles[0].model.id}").text


def test_page_of_a_withdrawn_model_is_not_indexed() -> None:
    html = page_of(withdrawn(HERMES, "A large model."))
    lines, head = lines_of(html), head_of(html)

    assert lines[3] == "No longer listed since 23 August 2026. This is what was last known of it."
    assert "OpenRouter’s list, as of 22 August 2026, 18:35 UTC." in lines
    assert (head.names["robots"], head.title) == ("noindex, follow", "Nous: Hermes 4 405B")
    assert head.only("og:title") == "Nous: Hermes 4 405B"
    assert "robots" not in head_of(page_of(profile(HERMES))).names


def test_withdrawn_model_links_to_its_alias_target() -> None:
    alias = profile(record("~acme/latest", alias_target={"slug": "acme/two", "name": "Two"}))
    one = withdrawn(record("acme/one"), former_alias="~acme/latest")

    html = page_of(one, alias, profile(record("acme/two")))
    assert "~acme/latest, which stood for it, stands for acme/two today." in "".join(lines_of(html))
    assert "which stood for it" not in page_of(one, alias)


def test_arena_section_has_rank_and_match_reason() -> None:
    lines = lines_of(page_of(profile(HERMES, arena_rank=STANDING)))

    lines = lines[lines.index("Modalities and parameters") :]
    assert section(lines, "Arena rank", "History") == [
        "#12 of 393",
        "Rank",
        "12 of 393",
        "Rating",
        "1402, between 1390 and 1413 with 95% confidence",
        "Votes",
        "9,876",
        "Published",
        "19 August 2026",
        "Leaderboard name",
        "hermes-4-405b: same name as its id",
        "Text leaderboard with style control, all categories. A rank says which of two answers "
        "people preferred.",
    ]


def test_arena_section_has_the_ranks_at_other_efforts() -> None:
    others = (
        OtherEffort(3, "hermes-4-405b-high", "at high effort"),
        OtherEffort(40, "hermes-4-405b-thinking", "while thinking"),
    )
    ranked = STANDING._replace(other_efforts=others)

    lines = lines_of(page_of(profile(HERMES, arena_rank=ranked)))

    start = lines.index("At other efforts")
    assert lines[start + 1 : start + 3] == [
        "3 of 393 at high effort, as hermes-4-405b-high",
        "40 of 393 while thinking, as hermes-4-405b-thinking",
    ]


ENDPOINTS = (
    {
        "provider_name": "Dear",
        "tag": "dear/us",
        "quantization": "fp8",
        "status": -2,
        "pricing": {
            "prompt": "0.000002",
            "completion": "0.000006",
            "discount": 0.25,
            "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.000004"}],
        },
        "uptime_last_1d": 99.87,
    },
    {
        "provider_name": "Cheap",
        "tag": "cheap",
        "context_length": 131072,
        "max_completion_tokens": 4096,
        "pricing": {
            "prompt": "0.000001",
            "completion": "0.000003",
            "input_cache_read": "0.0000001",
        },
    },
)


def test_provider_table_has_the_terms_of_each() -> None:
    lines = lines_of(page_of(profile(HERMES, endpoint_data=EndpointData(AS_OF, ENDPOINTS))))

    assert section(lines, "Providers", "Context and limits") == [
        "2",
        "Providers on OpenRouter, the cheapest first, as of 22 August 2026, 18:35 UTC. US dollars, "
        "M is a million tokens; lengths in tokens; 24-hour uptime.",
        "Provider | Price | Cache read | Context | Max output | Quantization | 24-hour uptime",
        f"Cheapmatches list price | $1/M in, $3/M out | $0.10/M | 131K | 4K | {UNKNOWN} | "
        f"{UNKNOWN}",
        "Deardear/us, 25% discount, degraded, over 200,000 prompt tokens: Input $4/M | "
        f"from $2/M in, $6/M out | {UNKNOWN} | {UNKNOWN} | {UNKNOWN} | fp8 | 99.9%",
        "“Matches list price”: the input and output prices of OpenRouter’s list, above.",
    ]


def test_providers_without_the_listed_price_are_noted() -> None:
    lines = lines_of(page_of(profile(HERMES, endpoint_data=EndpointData(AS_OF, ENDPOINTS[:1]))))

    assert section(lines, "Providers", "Context and limits")[-1] == (
        "No provider matched the list price at that time."
    )


def test_variant_has_no_providers_of_its_base_model() -> None:
    free = {**HERMES, "id": f"{HERMES['id']}:free"}
    base = tuple({**endpoint, "model_id": HERMES["id"]} for endpoint in ENDPOINTS)

    lines = section(
        lines_of(page_of(profile(free, endpoint_data=EndpointData(AS_OF, base)))),
        "Providers",
        "Context and limits",
    )

    assert lines == [f"OpenRouter names the providers of {HERMES['id']}, but not of this variant."]


def test_model_without_providers_is_noted() -> None:
    lines = lines_of(page_of(profile(HERMES, endpoint_data=EndpointData(AS_OF, ()))))

    assert section(lines, "Providers", "Context and limits") == [
        "OpenRouter names no provider for it, as of 22 August 2026, 18:35 UTC."
    ]


DAYS = ((date(2026, 8, 20), 0.01), (date(2026, 8, 21), 0.0125))


@pytest.mark.parametrize(
    ("days", "share", "trend"),
    [
        (DAYS, "1.2%", "up 25% on its mean share of 1 day before"),
        (
            ((date(2026, 8, 19), 0.01), DAYS[0], (date(2026, 8, 21), 0.00555)),
            "0.56%",
            "down 44.5% on its mean share of 2 days before",
        ),
        (DAYS[1:], "1.2%", UNKNOWN),
    ],
    ids=["up", "down", "unknown"],
)
def test_usage_section_has_the_licences_citation(days: Any, share: str, trend: str) -> None:
    used = profile(HERMES, usage=Usage(1_234_567, 3, days))
    known = contents(used)
    dated = ORIGIN._replace(as_of=date(2026, 8, 21), label="OpenRouter rankings")
    sources = {**known.sources, USAGE: dated}
    body = encode(known._replace(sources=sources), "run")

    html = ask(create_app(MemoryStore(body)), f"/{HERMES['id']}").text

    assert section(lines_of(html), "Usage on OpenRouter", "History") == [
        "Share of tokens",
        f"{share} of all tokens on 21 August 2026",
        "Rank by tokens",
        "3 that day, with 1,234,567 tokens",
        "Trend",
        trend,
        "Usage says how much a model is used there, not how good it is. "
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-21.",
    ]
    assert re.search(r"<p>OpenRouter rankings, as of <time .*>21 August 2026</time>\.", html)


def test_page_without_usage_does_not_mention_it() -> None:
    assert "openrouter.ai/rankings" not in page_of(profile(HERMES))


def test_stale_source_is_dated_in_the_footer() -> None:
    known = contents(profile(HERMES))
    failing = mark_source_stale(known, LIST, AS_OF + timedelta(hours=1), "down")
    body = encode(failing, "run")

    html = ask(create_app(MemoryStore(body)), f"/{HERMES['id']}").text

    assert re.search(r"; not reached since <time .*>22 August 2026, 19:35 UTC</time>\.", html)


CHEAPER = {**HERMES, "pricing": {"prompt": "0.0000005", "completion": "0.000003"}}


def test_changed_price_has_a_chart_above_the_changes() -> None:
    later = AS_OF + timedelta(days=1)
    cheaper = profile(CHEAPER)
    history = record_listing(profile(HERMES).history, cheaper.model, later)
    body = stored(cheaper._replace(history=history), as_of=AS_OF + timedelta(days=2))
    html = ask(create_app(MemoryStore(body)), f"/{HERMES['id']}").text

    assert html.count('role="img"') == html.count('class="line ') == 1
    assert section(lines_of(html), "History", "Add a model to compare")[-5:-1] == [
        "$0 $1.50 $3 22 August 202624 August 2026 Input $0.50 Output $3 Base prices of "
        "OpenRouter’s list in US dollars per million tokens, as seen here from 22 August 2026 to "
        "24 August 2026. "
        "Input went from $1 to $0.50 (−50%), changing once. Output stayed at $3.",
        "What changed since it was first seen here on 22 August 2026, newest first",
        "Seen on | What | Before | After",
        "23 August 2026 | Input price | $1/M | $0.50/M −50%",
    ]


def test_other_changes_note_that_prices_are_unchanged() -> None:
    renamed = profile({**HERMES, "name": "Hermes"})
    history = record_listing(profile(HERMES).history, renamed.model, AS_OF + timedelta(days=1))
    lines = lines_of(page_of(renamed._replace(history=history)))

    assert section(lines, "History", "Add a model to compare")[1] == (
        "Prices are unchanged since it was first seen here on 22 August 2026."
    )


def test_related_models_are_links_with_checkboxes() -> None:
    listed = (profile({**HERMES, "id": i}) for i in ("a/one-3", "a/one-2", "a/one-2:free"))
    html = ask(create_app(MemoryStore(stored(*listed))), "/a/one-2").text

    assert re.findall(r'name="m" value="(.*?)"( checked)?', html) == [
        ("a/one-2", ""),  # the calculator's
        ("a/one-2", ""),
        ("a/one-3", " checked"),
        ("a/one-2:free", " checked"),
    ]
    assert re.findall(r'<li><label class="pick">.*<a href="(.*?)">', html) == [
        "/a/one-3",
        "/a/one-2:free",
    ]


def test_withdrawn_model_links_to_a_newer_version() -> None:
    body = stored(profile(record("a/one-3")), withdrawn(record("a/one-2")))
    html = ask(create_app(MemoryStore(body)), "/a/one-2").text

    assert lines_of(html)[3].endswith(
        "This is what was last known of it. A newer version is a/one-3."
    )


def test_zero_prices_of_a_priced_model_are_noted() -> None:
    free_output = {**HERMES, "pricing": {"prompt": "0.000001", "completion": "0", "request": "0"}}

    lines = section(lines_of(page_of(profile(free_output))), "Prices", "Example costs")
    assert lines[-1].startswith("Listed at $0: output, request. No other prices are published.")


def test_page_of_a_huge_record_is_bounded() -> None:
    tiers = [{"min_prompt_tokens": n, "prompt": f"0.00000{1000 + n}"} for n in range(1, 51)]
    huge = {**HERMES, "pricing": {**HERMES["pricing"], "overrides": tiers}}
    endpoints = EndpointData(AS_OF, ENDPOINTS * 5_000)
    points = tuple(
        ChangePoint(AS_OF + timedelta(seconds=n), HERMES["pricing"] if n % 2 else huge["pricing"])
        for n in range(200)
    )
    one = profile(huge, endpoint_data=endpoints)
    history = one.history._replace(timelines={**one.history.timelines, "price": points})

    html = page_of(one._replace(history=history))

    visible = re.sub(r"<pre.*</pre>", "", html, flags=re.DOTALL)
    assert len(visible) < 90_000
    assert "44 more tiers are in the raw fields." in " ".join(lines_of(html))
    assert html.count("Dear") <= 60
