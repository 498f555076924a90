"""Limits and policies as values of their own: a changed constant is noticed here."""

import pytest

from handler.adapters.markdown import MarkdownItRenderer
from handler.adapters.storage.s3_sigv4 import _MAX_SNAPSHOT_BYTES
from handler.bootstrap.render import create_site
from handler.domain.arena.name_index import NameIndex
from handler.domain.arena.name_variants import parse_dated_name
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.catalog.model import is_model_id
from handler.domain.catalog.model_index import IndexEntry, ModelIndex, SharedName
from handler.domain.catalog.model_lookup import ModelNotFound, resolve_model
from handler.domain.search.match import search_name
from handler.domain.search.near_words import NearWords
from handler.domain.search.query import parse_query
from handler.domain.search.summary import summarize
from handler.domain.snapshot.names import MAX_MEMBER_BYTES
from handler.domain.text import escape_markdown
from handler.ports import FetchedDataset
from handler.services.model_list import parse_model_list
from handler.web.cards.text.fonts import Style
from handler.web.cards.text.graphemes import drop_undrawable
from handler.web.indexes import cached_listing
from tests.support.builders import AS_OF, HERMES, MemoryStore, catalog_bytes, model, profile, record
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

HERMES_PATH = f"/{HERMES['id']}"
NOTHING = "default-src 'none'; frame-ancestors 'none'"
POLICIES = {
    "/api/models": NOTHING,
    "/api/openapi.json": NOTHING,
    "/models.csv": NOTHING,
    f"{HERMES_PATH}.md": NOTHING,
    f"{HERMES_PATH}/badge.svg": NOTHING,
    "/sitemap.xml": NOTHING,
    "/robots.txt": NOTHING,
    "/llms.txt": NOTHING,
    "/feed.xml": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    f"{HERMES_PATH}/feed.xml": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
}


class CountingIndex(ModelIndex):
    """An index that counts how often a name is looked up."""

    lookups = 0

    def named(self, name: str) -> SharedName:
        self.lookups += 1
        return super().named(name)


@pytest.mark.promise("P21", "policies of data, word for word")
@pytest.mark.parametrize("path", POLICIES)
def test_data_may_load_nothing(path: str) -> None:
    answer = ask(create_app(MemoryStore(catalog_bytes([HERMES]))), path)

    assert (answer.status, answer.headers["content-security-policy"]) == (200, POLICIES[path])


@pytest.mark.parametrize("character", "\\`*_{}[]<>|~#!&@^=")
def test_markdown_escapes_each_character_of_structure(character: str) -> None:
    assert escape_markdown(f"a{character}b") == f"a\\{character}b"


@pytest.mark.parametrize("scheme", ["ftp", "ftps", "file", "ws", "data", "mailto", "blob", "x"])
def test_a_link_with_another_scheme_is_its_text(scheme: str) -> None:
    render = MarkdownItRenderer("https://openrouter.ai/")

    assert render(f"[x]({scheme}://a.example/)").html == "<p>x</p>"


@pytest.mark.promise("P15", "texts past their limits")
def test_markdown_past_fifty_thousand_characters_is_cut() -> None:
    render = MarkdownItRenderer("https://openrouter.ai/")

    assert len(render("x" * 60_000).html) <= 50_000 + len("<p></p>")


@pytest.mark.promise("P15", "texts past their limits")
def test_a_card_reads_four_hundred_characters() -> None:
    assert len(drop_undrawable("x" * 100_000, Style.TEXT)) == 400


@pytest.mark.promise("P15", "texts past their limits")
def test_a_path_of_more_than_512_characters_is_not_looked_up() -> None:
    index = CountingIndex.from_entries([IndexEntry("acme/one", "One", None, None)])

    for size, lookups in ((513, 0), (512, 1)):
        with pytest.raises(ModelNotFound) as caught:
            resolve_model(index, "x" * size)
        assert caught.value.suggestions == ()
        assert index.lookups >= lookups
        assert (index.lookups == 0) is (lookups == 0)


def test_a_word_is_compared_with_a_hundred_at_most() -> None:
    records = [
        {**HERMES, "id": f"acme/herme{chr(97 + n % 26)}{'q' * (n // 26)}"} for n in range(260)
    ]
    site = create_site(MemoryStore(catalog_bytes(records)), SITE_URL)
    words = NearWords(cached_listing(site, site.catalog.get()))

    assert len(words.alike("hermse")) == 100
    assert words.closest("hermex") == "hermex"
    assert words.closest("hremes") == "hermes"


@pytest.mark.promise("P14", "limits of what is read and inflated")
def test_a_snapshot_has_256_mib_at_most_and_its_parts_128() -> None:
    assert (_MAX_SNAPSHOT_BYTES, MAX_MEMBER_BYTES) == (268_435_456, 134_217_728)


def test_the_names_of_a_large_catalog_are_split_once() -> None:
    assert search_name.cache_info().maxsize == 65_536


@pytest.mark.promise("P15", "texts past their limits")
def test_eight_values_that_are_not_understood_are_kept() -> None:
    query = parse_query(("price", f"lots {n}") for n in range(20))

    assert [unread.text for unread in query.unread] == [f"lots {n}" for n in range(8)]


@pytest.mark.promise("P15", "texts past their limits")
def test_a_text_of_sixty_characters_is_searched() -> None:
    texts = ["x" * 60, "x" * 61]

    assert [parse_query([("q", text)]).values("text") for text in texts] == [texts[:1], []]


@pytest.mark.parametrize("suffix", ["", "-in", "-out"])
def test_a_filter_has_eight_values_at_most(suffix: str) -> None:
    query = parse_query(("has", f"p{n}{suffix}") for n in range(9))

    assert len(query.filters) == 8
    assert [unread.text for unread in query.unread] == [f"p8{suffix}"]


@pytest.mark.promise("P13", "records past their limits")
def test_a_record_has_65536_bytes_at_most() -> None:
    """Of UTF-8, in which a list is served: an é has two."""
    records = [record("a/b", description="é" * 32_000), record("a/c", description="é" * 33_000)]
    fetched = FetchedDataset(records, "list", "https://list.example/", b"")

    observed, skipped = parse_model_list(fetched, EVERYTHING, AS_OF)

    assert list(observed.models) == ["a/b"]
    assert [text.rpartition(", ")[2] for text in skipped] == ["over 65,536"]


@pytest.mark.promise("P15", "records past their limits")
def test_a_row_of_the_explorer_has_twelve_modalities() -> None:
    modalities = [f"m{n}" for n in range(20)]
    raw = record(architecture={"input_modalities": modalities, "output_modalities": modalities})

    row = summarize(profile(raw), AS_OF)

    assert (len(row.inputs), len(row.outputs)) == (12, 12)


def test_beginning_of_a_word_is_found_as_it_is() -> None:
    site = create_site(MemoryStore(catalog_bytes([HERMES])), SITE_URL)

    assert NearWords(cached_listing(site, site.catalog.get())).closest("herm") == "herm"


@pytest.mark.parametrize(("characters", "is_id"), [(200, True), (201, False)])
def test_an_id_has_two_hundred_characters_at_most(characters: int, is_id: bool) -> None:
    assert is_model_id("a/" + "b" * (characters - 2)) is is_id


@pytest.mark.promise("P14", "names past their limits")
@pytest.mark.parametrize(("models", "found"), [(100, 100), (101, 0)])
def test_a_name_of_more_than_a_hundred_models_means_none(models: int, found: int) -> None:
    index = NameIndex([model(record(f"author-{n}/one-x")) for n in range(models)])

    assert len(list(index.find(parse_dated_name("one-x")))) == found
