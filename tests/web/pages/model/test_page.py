import json
import re
from html import unescape
from typing import Any

import pytest

from handler.domain.catalog.profile import Profile
from handler.domain.catalog.public_record import public_record
from handler.domain.previews.discord_embed import validate_embed_json
from handler.web.cards.content.card_content import content_hash
from handler.web.cards.content.model import card_for_profile
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryStore,
    making,
    priced,
    profile,
    record,
    stored,
)
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of, section

CARD_HASH = content_hash(card_for_profile(profile(HERMES), AS_OF))
CARD = f"{SITE_URL}/nousresearch/hermes-4-405b/card-{CARD_HASH}.png"
UNKNOWN = "—not published"
AS_LISTED = "US dollars, by what is billed. OpenRouter’s list, as of 22 August 2026, 18:35 UTC"
PRICES_NOTE = (
    "No other prices are published. OpenRouter does not say which provider these are from; "
    "providers may charge differently."
)


def page(*records: dict[str, Any], lead: str = "") -> str:
    """Return the page of the first record, in a catalog of all of them."""
    return page_of(*(profile(raw, lead) for raw in records))


def page_of(*profiles: Profile, **known: Any) -> str:
    """Return the page of the first profile, in a catalog of all of them."""
    app = create_app(MemoryStore(stored(*profiles, **known)))
    return ask(app, f"/{profiles[0].model.id}").text


def test_page_has_every_section_in_order() -> None:
    *lines, raw = lines_of(page(HERMES, lead="A large model."))

    assert lines == [
        "All models / nousresearch",
        "Nous: Hermes 4 405B",
        "nousresearch/hermes-4-405b",
        "Input",
        "$1 per million tokens",
        "Output",
        "$3 per million tokens",
        "Context",
        "131K tokens",
        "Modalities",
        "text → text",
        "OpenRouter’s list, as of 22 August 2026, 18:35 UTC.",
        "A language model by Nous with 131K context; reads text.",
        "Open on OpenRouter",
        "Compare",
        "Copy link",
        "Follow changes",
        "A large model.",
        "Prices",
        AS_LISTED,
        "For | Price",
        "Input per million tokens | $1",
        "Output per million tokens | $3",
        PRICES_NOTE,
        "Example costs",
        "US dollars, at the prices above; without prompt caching",
        "Workload | Cost",
        "A chat turn2,000 tokens in, 500 out | $0.0035",
        "A long document, summarized100,000 tokens in, 2,000 out | $0.106",
        "A day of agentic coding200 requests of 50,000 tokens in, 1,000 out each | $10.60",
        "Input tokens",
        "Output tokens",
        "Cached input, %",
        "RequestsLeave empty if the tokens are totals",
        "Calculate",
        "Context and limits",
        "131,072 tokens",
        "Context length",
        "131,072 tokens",
        "Context at top provider",
        "131,072 tokens",
        "Max output tokens",
        UNKNOWN,
        "Moderation",
        "no",
        "Knowledge cutoff",
        UNKNOWN,
        "Modalities and parameters",
        "2 parameters",
        "Input",
        "text",
        "Output",
        "text",
        "Tokenizer",
        "Other",
        "Supported parameters",
        "max_tokens",
        "temperature",
        "History",
        "No change of price, context, name or availability since it was first seen here on "
        "22 August 2026.",
        "Compare",
        "Add a model to compare",
        "Compare",
        "Share or cite",
        "Link",
        "Markdown",
        "HTML",
        "Badge, in Markdown",
        "Citation",
        "Preview this link",
        "Follow changes (Atom)",
        "Markdown",
        "JSON",
        "Identifiers and provenance",
        "Primary ID",
        "nousresearch/hermes-4-405b",
        "OpenRouter ID",
        "nousresearch/hermes-4-405b",
        "Canonical slug",
        "nousresearch/hermes-4-405b",
        "Hugging Face ID",
        "NousResearch/Hermes-4-405B",
        "Source type",
        "openrouter_only: no Arena row is matched to it",
        "On OpenRouter since",
        "26 August 2025",
        "What these sources mean",
        "Prices may differ between providers, and there are modes besides input and output.",
        "More under methodology and data sources; compare models in the explorer.",
        "Raw fields",
        "The merged record, with upstream’s own under openrouter_raw. Also as JSON.",
    ]
    assert json.loads(raw) == public_record(profile(HERMES))


def test_raw_fields_are_pretty_json_in_order() -> None:
    (code,) = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page(HERMES), re.DOTALL)

    pretty = json.dumps(public_record(profile(HERMES)), indent=2, ensure_ascii=False)
    assert unescape(code) == pretty


def test_head_has_the_metadata_of_previews() -> None:
    head = head_of(page(HERMES, lead="A large model."))
    description = "$1/M in, $3/M out · 131K context. A large model."

    assert head.title == "Nous: Hermes 4 405B"
    assert head.properties == [
        ("og:type", "article"),
        ("og:site_name", "Burgee"),
        ("og:locale", "en_US"),
        ("og:title", "Nous: Hermes 4 405B"),
        ("og:description", description),
        ("og:url", f"{SITE_URL}/nousresearch/hermes-4-405b"),
        ("og:image", CARD),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        (
            "og:image:alt",
            "Nous: Hermes 4 405B. Input $1 per 1M tokens, Output $3 per 1M tokens, "
            "Context 131K tokens. On OpenRouter since August 2025.",
        ),
        ("article:published_time", "2025-08-26T19:11:03+00:00"),
    ]
    assert head.names == {
        "description": description,
        "twitter:card": "summary_large_image",
        "twitter:title": "Nous: Hermes 4 405B",
        "twitter:description": description,
        "twitter:image": head.only("og:image"),
        "twitter:image:alt": head.only("og:image:alt"),
        "twitter:label1": "Price",
        "twitter:data1": "$1/M in, $3/M out",
        "twitter:label2": "Context",
        "twitter:data2": "131K tokens",
        "theme-color": "#0f3d57",
        "viewport": "width=device-width, initial-scale=1",
        "color-scheme": "light dark",
    }
    assert head.json_ld["@type"] == "WebPage"
    assert head.json_ld["breadcrumb"]["@type"] == "BreadcrumbList"
    assert head.json_ld["primaryImageOfPage"]["url"] == CARD
    assert head.json_ld["mainEntity"] == {
        "@type": "SoftwareApplication",
        "@id": f"{SITE_URL}/nousresearch/hermes-4-405b#model",
        "name": "Nous: Hermes 4 405B",
        "identifier": "nousresearch/hermes-4-405b",
        "applicationCategory": "DeveloperApplication",
        "author": {"@type": "Organization", "name": "nousresearch"},
        "sameAs": [
            "https://openrouter.ai/nousresearch/hermes-4-405b",
            "https://huggingface.co/NousResearch/Hermes-4-405B",
        ],
    }


TIERS = {
    "prompt": "0.00000125",
    "completion": "0.00001",
    "input_cache_read": "0.0000001",
    "web_search": "0.01",
    "overrides": [{"min_prompt_tokens": 200_000, "prompt": "0.0000025", "completion": "0.000015"}],
}


@pytest.mark.parametrize(
    ("raw", "prices"),
    [
        (
            record(pricing=TIERS),
            [
                AS_LISTED,
                "For | Base price | Over 200,000 prompt tokens",
                "Input per million tokens | $1.25 | $2.50",
                "Output per million tokens | $10 | $15",
                "Cache read per million tokens | $0.10 | $0.10",
                "Web search per search | $0.01 | $0.01",
                PRICES_NOTE,
            ],
        ),
        (
            priced("openrouter/auto", "-1", "-1"),
            [
                "Variable: this is a router, and each request costs what the model that answers "
                "it costs."
            ],
        ),
        (
            priced("acme/one:free", "0", "0"),
            ["Currently free: OpenRouter lists it at no charge per token."],
        ),
        (
            priced("acme/video", "0", "0", architecture=making("video")),
            [
                "Billed by the provider in units that OpenRouter’s list does not show; the zeros "
                "in its raw record do not mean free. See its page on OpenRouter."
            ],
        ),
        (record(), ["OpenRouter’s list publishes no price for this model."]),
    ],
    ids=["tiers", "variable", "free", "elsewhere", "unpublished"],
)
def test_prices_have_units_and_unknown_is_never_zero(
    raw: dict[str, Any], prices: list[str]
) -> None:
    html = page(raw)

    lines = lines_of(html)
    ends = ("Example costs", "Modalities and parameters", "History")
    after = next(heading for heading in ends if heading in lines)
    assert section(lines, "Prices", after) == prices
    assert "$0" not in re.sub(r"<pre.*</pre>|\$0\.", "", html, flags=re.DOTALL)


def test_prices_have_every_digit_in_data_elements() -> None:
    html = page(priced("acme/one", "0.0000143712574850299", "0"))

    assert '<data value="0.0000143712574850299">$14.37</data>' in html


def test_sections_without_any_fact_are_left_out() -> None:
    headings = re.findall(r"<h2 id=\"(\w+)\"", page(record()))

    assert headings == [
        *("prices", "history", "related", "share", "identifiers", "semantics", "raw")
    ]
    assert 'aria-label="Description"' not in page(record())


def test_page_notes_alias_expiry_and_defaults() -> None:
    raw = record(
        "~acme/latest",
        alias_target={"slug": "acme/one", "name": "One"},
        expiration_date="2026-12-31",
        default_parameters={"temperature": 0.6},
    )

    lines = lines_of(page(raw, record("acme/one")))

    assert "This is an alias. Today it stands for acme/one." in lines
    assert "This model retires on 31 December 2026." in lines
    assert lines[lines.index("Default parameters") + 1] == "temperature: 0.6"


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("NousResearch/Hermes", 'href="https://huggingface.co/NousResearch/Hermes"'),
        ("javascript:alert(1)", None),
        ("../../evil", None),
        ("a/b/c", None),
    ],
)
def test_only_a_valid_hugging_face_id_is_a_link(name: str, link: str | None) -> None:
    html = page(record(hugging_face_id=name))

    assert ("https://huggingface.co" in html) is (link is not None)
    assert (link or name) in html


def test_head_has_the_discord_embed() -> None:
    embed = head_of(page(HERMES, lead="A large model.")).embed

    assert validate_embed_json(embed) == []
    container = json.loads(embed)["component"]
    text, gallery, row = container["components"]
    assert text["content"].startswith("## Nous: Hermes 4 405B\n$1/M in, $3/M out")
    assert gallery["items"][0]["media"]["url"] == CARD
    assert row["components"][0]["url"] == f"{SITE_URL}/nousresearch/hermes-4-405b"


def test_embed_that_discord_would_reject_is_absent() -> None:
    long = record("acme/" + "x" * 150, name="&" * 200)

    assert "discord:component-embed" in page(long)
    assert "discord:component-embed" not in page({**long, "name": "<" * 200}, lead="<" * 400)
