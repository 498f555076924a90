import re
from html import unescape

import pytest

from tests.support.builders import (
    HERMES,
    STANDING,
    MemoryStore,
    making,
    priced,
    profile,
    record,
    stored,
)
from tests.support.constants import SITE_URL
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app
from tests.support.http.queries import percent_encode
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

ACME = priced(
    "acme/one",
    "0.0000005",
    "0.000003",
    name="Acme: One",
    architecture=making("text"),
    context_length=131_072,
    supported_parameters=["max_tokens", "tools"],
)
APP = create_app(
    MemoryStore(
        stored(
            profile(HERMES, arena_rank=STANDING),
            profile(ACME),
            *(profile(record(f"bee/n{n}")) for n in range(5)),
        )
    )
)
BOTH = "m=nousresearch/hermes-4-405b&m=acme/one"


def page(query: str) -> str:
    answer = ask(APP, "/compare", query=query)
    assert answer.status == 200
    return answer.text


def test_comparison_marks_rows_that_differ_and_lowest_values() -> None:
    lines = lines_of(page(f"{BOTH}&in=2000&out=0&requests=1000"))
    start = lines.index("2 models side by side")

    assert lines[start + 1 : start + 17] == [
        "1,000 requests of 2,000 tokens in each, by the prices of OpenRouter’s list, their tiers "
        "and fees per request; without prompt caching or web searches",
        "Acme: Oneacme/oneRemove Acme: One | Nous: Hermes 4 405Bnousresearch/hermes-4-405bRemove "
        "Nous: Hermes 4 405B",
        "Cost of this work differs | $1 lowest | $2",
        "Input, $ per million tokens differs | $0.50 lowest | $1",
        "Output, $ per million tokens | $3 | $3",
        "Context, tokens | 131,072 | 131,072",
        "Longest output, tokens | —not published | —not published",
        "Arena rank differs | —not published | #12",
        "Takes | text | text",
        "Gives | text | text",
        "Parameters that not all have differs | tools | temperature",
        "Open weights differs | —not published | on Hugging Face",
        "Served by | —not published | —not published",
        "Knowledge until | —not published | —not published",
        "Added differs | —not published | 26 August 2025",
        "Parameters that all of them have: max tokens.",
    ]


def test_comparison_has_one_canonical_url_and_its_own_card() -> None:
    head = head_of(page(BOTH))

    assert head.title == "One vs Hermes 4 405B"
    assert head.names["robots"] == "noindex, follow"
    assert head.names["description"] == "One $0.50/M in, $3/M out; Hermes 4 405B $1/M in, $3/M out"
    canonical = f"{SITE_URL}/compare?m=acme/one&m=nousresearch/hermes-4-405b"
    assert head.canonical == head.only("og:url") == canonical
    assert re.fullmatch(
        rf"{SITE_URL}/compare/card-[0-9a-f]{{16}}\.png\?m=acme/one&m=nousresearch/hermes-4-405b",
        head.only("og:image"),
    )


def test_unknown_id_is_named_with_links_to_suggestions() -> None:
    html = page("m=acme/one&m=nousresearch/hermes-4&in=5")

    assert "No model here has the address <code>nousresearch/hermes-4</code>" in html
    assert '"/compare?m=acme/one&m=nousresearch/hermes-4-405b&in=5"' in unescape(html)
    assert '<input type="hidden" name="m" value="acme/one">' in html


def test_comparison_of_no_models_asks_for_ids() -> None:
    html = page("")

    assert "Name two to five models by their ids, or mark them in the explorer." in lines_of(html)
    assert head_of(html).title == "Compare models"


@pytest.mark.parametrize("query", ["m=acme/one", "m=acme/one&m=Acme/One"])
def test_one_model_alone_shows_the_cost_of_the_workload(query: str) -> None:
    html = page(f"{query}&in=3000&out=1000")
    lines, head = lines_of(html), head_of(html)

    assert lines[lines.index("What One costs") + 3] == "Cost of this work | $0.0045"
    assert (head.title, head.names["description"]) == (
        "What One costs",
        "$0.0045 for 3,000 tokens in, 1,000 out; One $0.50/M in, $3/M out",
    )
    assert not any("differs" in line for line in lines)
    assert "Parameters | max tokens, tools" in lines


def test_model_billed_by_more_than_tokens_has_no_cost() -> None:
    image = priced("acme/image", "0.000001", "0.000002", architecture=making("image", "text"))
    image["pricing"]["image_output"] = "0.00004"
    app = create_app(MemoryStore(stored(profile(image))), SITE_URL)

    html = ask(app, "/compare", query="m=acme/image").text
    assert "Cost of this work | not billed by tokens alone" in lines_of(html)


def test_models_past_the_fifth_are_listed_as_left_out() -> None:
    html = page("&".join([*(f"m=bee/n{n}" for n in range(5)), BOTH]))

    assert "5 models side by side" in html
    assert "Left out: nousresearch/hermes-4-405b, acme/one." in html
    assert 'id="m"' not in html


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_ids_are_escaped(text: str) -> None:
    html = page(f"m={percent_encode(text)}&in={percent_encode(text)}")

    assert "<script>alert" not in html
    assert "<img" not in html
