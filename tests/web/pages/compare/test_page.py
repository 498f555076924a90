import json
import re
from base64 import b64encode
from hashlib import sha256
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


_FIELD = re.compile(r'<input [^>]*?name="(\w+)"(?:[^>]*? value="([^"]*)")?')


def form_of(html: str) -> dict[str, list[str]]:
    """Return the values of each field of the page's form."""
    values: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(html):
        values.setdefault(name, []).append(value)
    return values


def page(query: str) -> str:
    answer = ask(APP, "/compare", query=query)
    assert answer.status == 200
    return answer.text


def test_comparison_marks_rows_that_differ_and_lowest_values() -> None:
    lines = lines_of(page(f"{BOTH}&in=2000&out=0&requests=1000"))
    start = lines.index("Compare")

    assert lines[start + 1 : start + 18] == [
        "1,000 requests of 2,000 tokens in each, at OpenRouter’s list prices with tiers and "
        "request fees. marks rows that differ.",
        "Nous: Hermes 4 405Bnousresearch/hermes-4-405bRemove Nous: Hermes 4 405B | Acme: One"
        "acme/one←Move Acme: One to the leftRemove Acme: One",
        "Total cost differs | $2 | $1 cheapest",
        "Input, $ per 1M tokens differs | $1 | $0.50 lowest",
        "Output, $ per 1M tokens | $3 | $3",
        "Context window, tokens | 131,072 | 131,072",
        "Max output tokens | —not published | —not published",
        "Arena rank differs | #12 | —not published",
        "Input modalities | text | text",
        "Output modalities | text | text",
        "Other parameters differs | temperature | tools",
        "Open weights differs | on Hugging Face | —not published",
        "Providers | —not published | —not published",
        "Knowledge cutoff | —not published | —not published",
        "Added differs | 26 August 2025 | —not published",
        "Parameters that all support: max tokens.",
        "Copy linkLink to this comparisonJSON",
    ]


def test_the_form_stands_above_the_table() -> None:
    html = page(BOTH)

    assert html.index("<form") < html.index("<table")
    assert form_of(html) == {
        "m": ["nousresearch/hermes-4-405b", "acme/one", ""],
        "in": ["10,000"],
        "out": ["1,000"],
        "cached": ["0"],
        "requests": [""],
    }


def test_comparison_has_one_canonical_url_and_its_own_card() -> None:
    head = head_of(page(f"{BOTH}&cached=50%25"))

    assert head.title == "Hermes 4 405B vs One"
    assert head.names["robots"] == "noindex, follow"
    assert head.names["description"] == "Hermes 4 405B $1/M in, $3/M out; One $0.50/M in, $3/M out"
    query = "m=nousresearch/hermes-4-405b&m=acme/one&cached=50"
    assert head.canonical == head.only("og:url") == f"{SITE_URL}/compare?{query}"
    assert re.fullmatch(
        rf"{SITE_URL}/compare/card-[0-9a-f]{{16}}\.png\?{query}", head.only("og:image")
    )


def test_the_link_to_json_gives_the_same_costs() -> None:
    html = page(f"{BOTH}&in=10M&out=0&requests=&cached=20")
    (link,) = re.findall('href="(/api/compare[^"]*)"', html)
    path, _, query = unescape(link).partition("?")

    assert json.loads(ask(APP, path, query=query).text)["costs"] == {
        "nousresearch/hermes-4-405b": "10",
        "acme/one": "5",
    }
    assert "Total cost differs | $10 | $5 cheapest" in lines_of(html)


def test_columns_are_moved_and_removed_by_links() -> None:
    html = unescape(page("m=acme/one&m=bee/n0&m=bee/n1&in=5"))

    for ids in ("bee/n0&m=acme/one&m=bee/n1", "acme/one&m=bee/n1&m=bee/n0", "acme/one&m=bee/n1"):
        assert f'"/compare?m={ids}&in=5"' in html


def test_unknown_id_is_named_with_links_to_suggestions() -> None:
    html = page("m=acme/one&m=nousresearch/hermes-4&in=5")

    assert "No model has the id “nousresearch/hermes-4”. Did you mean one of these?" in lines_of(
        html
    )
    assert '"/compare?m=acme/one&m=nousresearch/hermes-4-405b&in=5"' in unescape(html)
    assert '<input type="hidden" name="m" value="acme/one">' in html


def test_a_name_stands_for_the_model_that_it_clearly_means() -> None:
    html = page("m=acme/one&m=hermes+4+405b")

    assert "“hermes 4 405b” was taken as Nous: Hermes 4 405B." in lines_of(html)
    assert head_of(html).title == "One vs Hermes 4 405B"


def test_a_name_of_several_models_offers_them_best_first() -> None:
    names = ("One 2", "One 2 Mini", "One 3")
    models = [record(f"acme/{name.lower().replace(' ', '-')}", name=name) for name in names]
    app = create_app(MemoryStore(stored(*map(profile, models), profile(ACME))))

    html = ask(app, "/compare", query="m=acme/one,+one+three,+ONE2,onne,nothing,one").text

    lines = lines_of(html)
    assert "“ONE2” was taken as One 2." in lines
    assert "No model matches “nothing”." in lines
    start = lines.index("“onne” may mean several models. Add one of these:")
    assert "One 2 acme/one-2" in lines[start + 1 : start + 4]
    assert head_of(html).canonical.endswith("/compare?m=acme/one&m=acme/one-2")


def test_comparison_of_no_models_asks_for_some() -> None:
    html = page("")

    assert (
        "Compare up to five models by cost, price, context and limits. You can also select them in "
        "the explorer."
    ) in lines_of(html)
    assert head_of(html).title == "Compare models"
    assert "<table" not in html


@pytest.mark.parametrize("query", ["m=acme/one", "m=acme/one&m=Acme/One"])
def test_one_model_alone_shows_the_total_and_its_parts(query: str) -> None:
    html = page(f"{query}&in=3000&out=1000&requests=2")
    lines, head = lines_of(html), head_of(html)

    start = lines.index("What One costs")
    assert lines[start + 1] == "$0.009 2 requests of 3,000 tokens in, 1,000 out each"
    start = lines.index("What the total consists of, in US dollars")
    assert lines[start + 1 : start + 5] == [
        "Part | Amount | Price | Cost",
        "Input tokens | 6,000 | $0.50 per 1M | $0.003",
        "Output tokens | 2,000 | $3 per 1M | $0.006",
        "Total cost | $0.009",
    ]
    assert (head.title, head.names["description"]) == (
        "What One costs",
        "$0.009 for 2 requests of 3,000 tokens in, 1,000 out each; One $0.50/M in, $3/M out",
    )


def test_a_month_is_priced_as_totals_with_cached_input() -> None:
    cached = priced("acme/cached", "0.000001", "0.000003", architecture=making("text"))
    cached["pricing"]["input_cache_read"] = "0.0000001"
    app = create_app(MemoryStore(stored(profile(cached | {"context_length": 8192}), profile(ACME))))
    month = "in=10M&out=2M&cached=50%25&requests="

    alone = lines_of(ask(app, "/compare", query=f"m=acme/cached&{month}").text)
    both = lines_of(ask(app, "/compare", query=f"m=acme/cached,acme/one&{month}").text)

    assert "$11.50 10,000,000 tokens in (50% cached), 2,000,000 out, in total" in alone
    assert "Cached input tokens | 5,000,000 | $0.10 per 1M | $0.50" in alone
    assert "Total cost differs | $11.50 | $11 cheapest" in both
    assert "Acme: One: Cached input is billed as input: no cache price published." in both


def test_a_request_that_is_too_long_can_be_priced_as_totals() -> None:
    html = unescape(page("m=acme/one&in=200000&out=0&requests=2"))

    assert "Exceeds context window 2 requests of 200,000 tokens in each" in lines_of(html)
    assert "A request of 200,000 tokens exceeds its context of 131,072." in lines_of(html)
    assert '"/compare?m=acme/one&in=200000&out=0&requests=any"' in html


def test_a_number_that_is_not_understood_is_said_and_kept() -> None:
    html = page("m=acme/one&in=lots&cached=150&out=2,000")

    said = [line for line in lines_of(html) if "was not understood" in line]
    assert said == [
        "Input tokens“lots” was not understood, so 10,000 is used. Enter a whole number up to "
        "999,999,999,999, such as 250,000 or 10M.",
        "Cached input, %“150” was not understood, so 0 is used. Enter a whole percentage from 0 to "
        "100.",
    ]
    values = form_of(html)
    assert (values["in"], values["cached"], values["out"]) == (["lots"], ["150"], ["2,000"])
    assert html.count('aria-invalid="true"') == 2


def test_model_billed_by_more_than_tokens_has_no_cost() -> None:
    image = priced("acme/image", "0.000001", "0.000002", architecture=making("image", "text"))
    image["pricing"]["image_output"] = "0.00004"
    app = create_app(MemoryStore(stored(profile(image))), SITE_URL)

    lines = lines_of(ask(app, "/compare", query="m=acme/image").text)
    assert "Not billed by tokens alone 10,000 tokens in, 1,000 out" in lines
    assert "Part | Amount | Price | Cost" not in lines


def test_models_past_the_fifth_are_listed_as_left_out() -> None:
    html = page("&".join([*(f"m=bee/n{n}" for n in range(5)), BOTH]))

    assert "Compare 5 models" in html
    assert "Left out: nousresearch/hermes-4-405b, acme/one." in html
    assert 'id="m"' not in html


def test_the_page_names_its_style_sheet_in_its_policy() -> None:
    answer = ask(APP, "/compare")
    (style,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}';" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_ids_are_escaped(text: str) -> None:
    html = page(f"m={percent_encode(text)}&in={percent_encode(text)}")

    assert "<script>alert" not in html
    assert "<img" not in html
