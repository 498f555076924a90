import re
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
    priced,
    profile,
    record,
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
    assert table("") == [
        "Compare Acme: SeeAcme: See newacme/see | $1 | $2 | —not published | —not published | "
        "—not published | Aug 2026",
        "Compare Nous: Hermes 4 405BNous: Hermes 4 405Bnousresearch/hermes-4-405b | $1 | $3 | 131K "
        "| text → text | 12 | Aug 2025",
        "Compare acme/voiceacme/voiceacme/voice | —not published | —not published | text → speech "
        "| —not published | —not published",
        "Compare openrouter/autoopenrouter/autoopenrouter/auto | Variable price | —not published "
        "| —not published | —not published | —not published",
        "Compare bee/free:freebee/free:freebee/free:free | Free | Free | —not published | "
        "—not published | —not published | —not published",
    ]
    assert table("is=withdrawn") == [
        "Compare Bee: GoneBee: Gonebee/gone · not listed since 23 August 2026 | $0.20 | $0.30 | "
        "—not published | —not published | —not published | —not published"
    ]


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
        ("/?by=acme&has=tools&is=free&is=new", "named “see”"),
        ("/?q=see&has=tools&is=free&is=new", "by Acme"),
        ("/?q=see&by=acme&is=free&is=new", "with tools"),
        ("/?q=see&by=acme&has=tools&is=new", "free"),
        ("/?q=see&by=acme&has=tools&is=free", "new"),
    ]
    assert "No model is like that." in html


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

    assert re.findall(r'aria-sort="(\w+)"><a href="(.*?)">(\w+)', html) == [
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
        ("is", "ranked"),
        ("has", "text-in"),
        ("has", "unheard_of"),
    ]
    assert 'value="0-1"' in html
    assert 'value="8000-"' in html
    assert "(3 chosen)" in html


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

    assert len(answer.body) <= 30_000
    assert len((TEMPLATES / "assets" / "explorer.js").read_bytes()) <= 5_000


def test_csp_allows_the_script_by_its_hash() -> None:
    policy = ask(APP, "/").headers["content-security-policy"]

    assert re.search(r"script-src 'sha256-[\w+/=]{44}' 'sha256-[\w+/=]{44}';", policy)
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
