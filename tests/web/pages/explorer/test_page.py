import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest

from handler.asgi import AsgiApp
from handler.web.http.headers import IMMUTABLE_CACHE, PAGE_CACHE
from tests.support.builders import (
    AS_OF,
    HERMES,
    STANDING,
    MemoryStore,
    making,
    model,
    priced,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app
from tests.support.http.queries import percent_encode
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

NEW = int(AS_OF.timestamp()) - 86_400
TIER = {"prompt": "0.000002", "completion": "0.000004", "min_prompt_tokens": 200_000}
APP = create_app(
    MemoryStore(
        stored(
            profile(priced("acme/see", "0.000001", "0.000002", created=NEW, name="Acme: See")),
            profile(HERMES, arena_rank=STANDING),
            profile(record("acme/voice", architecture=making("speech"))),
            profile(priced("openrouter/auto", "-1", "-1")),
            profile(priced("bee/free:free", "0", "0")),
            withdrawn(priced("bee/gone", "0.0000002", "0.0000003", name="Bee: Gone")),
        )
    )
)
MANY = create_app(
    MemoryStore(
        stored(*(profile(priced(f"acme/n{n:03}", f"0.{n:07}1", "0.1")) for n in range(250)))
    )
)


def page(query: str = "", app: AsgiApp = APP) -> str:
    answer = ask(app, "/", query=query)
    assert answer.status == 200
    return answer.text


def table(query: str, app: AsgiApp = APP) -> list[str]:
    lines = lines_of(page(query, app))
    start = next(n for n, line in enumerate(lines) if line.startswith("Models, ")) + 2
    return [line for line in lines[start:] if " | " in line]


def test_every_model_has_a_row_of_known_facts() -> None:
    """Input, output, cached, blended, context, max output, providers, rank and added."""
    assert table("") == [
        "Acme: Seeacme/see new | $1 | $2 | | $1.25 | | | | | Aug 2026",
        "Nous: Hermes 4 405Bnousresearch/hermes-4-405b | $1 | $3 | | $1.50 | 131K | | | 12 "
        "| Aug 2025",
        "acme/voiceacme/voice | Price not published | | | | | | |",
        "openrouter/autoopenrouter/auto | Variable price | | | | | | |",
        "bee/free:freebee/free:free | Free | Free | Free | Free | | | | |",
    ]
    assert table("is=withdrawn") == [
        "Bee: Gonebee/gone · not listed since 23 August 2026 | $0.20 | $0.30 | | $0.225 | | | | |"
    ]


def test_row_and_its_checkbox_are_named_for_the_model() -> None:
    html = page("q=see")

    assert '<th scope="row" aria-label="Acme: See"><a href="/acme/see">Acme: See</a>' in html
    assert '<input type="checkbox" name="m" value="acme/see" aria-label="Acme: See">' in html


def test_row_says_that_the_price_changed_lately() -> None:
    cheaper = profile(priced("acme/see", "0.000001", "0.000002"))
    dearer = model(priced("acme/see", "0.000002", "0.000002"))
    history = record_listing(cheaper.history, dearer, AS_OF + timedelta(days=1))
    app = create_app(MemoryStore(stored(cheaper._replace(model=dearer, history=history))))

    assert "acme/see <b>changed</b>" in page("", app)


def test_view_describes_itself_in_its_metadata() -> None:
    head = head_of(page("by=Acme&price=5"))
    url = f"{SITE_URL}/?by=acme&price=0-5"

    assert head.title == "1 model by Acme, up to $5/M in"
    assert head.names["description"] == "$1/M in. 1 model by Acme, up to $5/M in: See"
    assert head.names["robots"] == "noindex, follow"
    assert (head.canonical, head.only("og:url"), head.json_ld["url"]) == (url,) * 3
    assert head.only("og:image").endswith(".png?by=acme&price=0-5")
    assert head.only("og:image:alt").startswith(
        "1 model: Models by Acme, up to $5/M in. See: input $1, output $2."
    )


def test_unfiltered_explorer_is_canonical_and_indexable() -> None:
    head = head_of(page("utm_source=x&page=1&sort=-added&q="))

    assert (head.canonical, "robots" in head.names) == (f"{SITE_URL}/", False)
    assert page("utm_source=x") == page()


def test_views_have_distinct_titles_and_canonical_urls() -> None:
    queries = ["", "by=acme", "is=free", "sort=input", "sort=-input", "price=0-5", "page=2"]
    heads = [head_of(page(query, MANY)) for query in queries]

    assert len({head.title for head in heads}) == len(queries)
    assert len({head.canonical for head in heads}) == len(queries)


def test_each_active_filter_links_to_the_view_without_it() -> None:
    html = page("q=see&by=acme&is=free&is=new&has=tools&page=2")

    tags = re.findall(r'<li><a href="(/[^"]*)"><span class="hidden">Remove: </span>(.*?)<', html)
    assert [(unescape(path), words) for path, words in tags] == [
        ("/?by=acme&has=tools&is=free&is=new", "matching “see”"),
        ("/?q=see&has=tools&is=free&is=new", "by Acme"),
        ("/?q=see&by=acme&is=free&is=new", "with tool calling"),
        ("/?q=see&by=acme&has=tools&is=new", "free"),
        ("/?q=see&by=acme&has=tools&is=free", "new"),
    ]
    assert "No models match these filters. Remove one" in html


@pytest.mark.parametrize(
    ("query", "column", "order", "reverse"),
    [
        ("", "Added", "descending", "/?sort=added"),
        ("sort=input", "Input", "ascending", "/?sort=-input"),
        ("by=acme&sort=-input&page=2", "Input", "descending", "/?by=acme&sort=input"),
    ],
)
def test_sorted_column_is_marked_and_links_to_reverse_order(
    query: str, column: str, order: str, reverse: str
) -> None:
    html = unescape(page(query))

    assert re.findall(r'aria-sort="(\w+)"><a id="[\w-]+" href="(.*?)">(\w+)', html) == [
        (order, reverse, column)
    ]


def test_page_has_a_hundred_rows_and_links_to_the_others() -> None:
    html = page("by=acme&page=3", MANY)

    assert len(table("by=acme", MANY)) == 100
    assert len(table("by=acme&page=3", MANY)) == 50
    assert re.findall(r'<li><a href="(/\?[^"]*)"( aria-current="page")?><span', unescape(html)) == [
        ("/?by=acme", ""),
        ("/?by=acme&page=2", ""),
        ("/?by=acme&page=3", ' aria-current="page"'),
    ]
    assert page("by=acme&page=9", MANY) == html
    assert head_of(html).title == "250 models by acme, page 3"


@pytest.mark.parametrize("query", ["q=free+money", "by=free-money", "from=free-money"])
def test_empty_view_keeps_query_text_out_of_its_preview(query: str) -> None:
    head = head_of(page(query))

    assert head.title == "No models match these filters"
    del head.names["twitter:image"]  # an address, with the query
    preview = f"{head.names} {head.only('og:title')} {head.only('og:image:alt')}"
    assert "money" not in preview


def test_form_shows_the_values_of_the_query() -> None:
    query = "q=a&by=acme&has=text-in&has=unheard_of&is=ranked&price=1&context=8k&sort=rank&from=x"
    html = page(query)

    assert '<input id="q" name="q" type="search" value="a"' in html
    assert '<option value="acme" selected>Acme</option>' in html
    assert "<option selected>x</option>" in html
    assert '<option value="rank" selected>' in html
    assert re.findall(r'name="(\w+)" value="([\w-]+)" checked', html) == [
        ("has", "text-in"),
        ("has", "unheard_of"),
        ("is", "ranked"),
    ]
    assert range_values(html) == {
        "min-price": "",
        "max-price": "1",
        "min-context": "8000",
        "max-context": "",
    }
    assert "<summary>Filters (7)</summary>" in html


def range_values(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input id="(m..-\w+)" name="\w+" value="(.*?)"', html))


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("price=0.5&price=2", ("0.5", "2")),
        ("price=&price=2", ("", "2")),
        ("price=0.5&price=", ("0.5", "")),
        ("price=&price=cheap", ("", "cheap")),
        ("price=0.5&price=cheap", ("0.5", "cheap")),
        ("price=dear&price=cheap", ("dear", "cheap")),
    ],
)
def test_minimum_and_maximum_keep_what_was_typed(query: str, values: tuple[str, str]) -> None:
    found = range_values(page(query))

    assert (found["min-price"], found["max-price"]) == values


def test_value_that_is_not_understood_is_said_at_its_field() -> None:
    html = page("price=&price=cheap&context=&context=")

    assert re.search(r'value="cheap"[^>]* aria-describedby="max-price-problem" aria-invalid', html)
    assert 'id="max-price-problem" class="problem">price: “cheap” is not understood' in html
    assert '<details id="more" open>' in html
    assert '<p class="notice" role="alert">price: “cheap” is not understood' in html
    assert 'id="min-price-problem" class="problem"></span>' in html


def test_quick_filters_are_checked_where_the_query_has_them() -> None:
    html = page("has=tools&has=image-in&is=changed")
    checked = re.findall(r'name="(\w+)" value="([\w-]+)" checked>([^<]+)', html)

    assert checked == [
        ("has", "tools", "Tools"),
        ("has", "image-in", "Vision"),
        ("is", "changed", "Price changed in 30 days"),
    ]


@pytest.mark.parametrize(
    ("query", "selected"),
    [
        ("", ("", "Newest first")),
        ("q=see", ("", "Best match first")),
        ("q=see&sort=-added", ("-added", "Newest first")),
        ("sort=blended", ("blended", "Blended price: low to high")),
    ],
)
def test_default_order_follows_the_search(query: str, selected: tuple[str, str]) -> None:
    html = page(query)
    select = html[html.index('<select id="sort"') : html.index("</select>")]

    assert re.findall(r'value="([\w-]*)" selected>([^<]+)', select) == [selected]


def test_empty_view_offers_near_misses() -> None:
    html = page("q=hermez")

    assert "Remove one, or did you mean" in html
    assert '<li><a href="/nousresearch/hermes-4-405b">Nous: Hermes 4 405B</a></li>' in html


def test_view_links_to_its_rows_as_csv_and_json() -> None:
    html = unescape(page("by=acme&price=&price=2&page=1"))

    assert '<a href="/models.csv?by=acme&price=0-2">CSV</a>' in html
    assert '<a href="/models.csv?by=acme&price=0-2&bom=1">CSV for Excel</a>' in html
    assert '<a href="/api/models?by=acme&price=0-2">JSON</a>' in html


def test_plain_view_links_to_csv_for_excel() -> None:
    assert '<a href="/models.csv?bom=1">CSV for Excel</a>' in page("")


def test_card_of_a_view_depends_on_its_query() -> None:
    url = head_of(page("by=acme&is=free")).only("og:image")
    parts = urlsplit(url)

    today = ask(APP, unquote(parts.path), query=parts.query)
    old = ask(APP, "/card-0123456789abcdef.png", query=parts.query)
    other = ask(APP, unquote(parts.path), query="by=bee")

    assert (today.status, today.headers["cache-control"]) == (200, IMMUTABLE_CACHE)
    assert (old.body, old.headers["cache-control"]) == (today.body, PAGE_CACHE)
    assert (other.body != today.body, other.headers["cache-control"]) == (True, PAGE_CACHE)


def test_first_page_and_script_stay_small() -> None:
    answer = ask(MANY, "/", headers={"accept-encoding": "gzip"})

    assert len(answer.body) <= 24_000
    assert len((TEMPLATES / "assets" / "explorer.js").read_bytes()) <= 5_000


def test_csp_allows_the_script_by_its_hash() -> None:
    policy = ask(APP, "/").headers["content-security-policy"]

    assert re.search(r"script-src( 'sha256-[\w+/=]{44}')+;", policy)
    assert "unsafe" not in policy


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_queries_are_escaped(text: str) -> None:
    query = "&".join(
        f"{name}={percent_encode(text)}" for name in ("q", "by", "from", "has", "price")
    )
    html = page(query)

    assert "<script>alert" not in html
    assert "<img" not in html
    assert len(head_of(html).title.encode()) <= 70
