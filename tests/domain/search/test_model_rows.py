from handler.domain.search.listing import build_listing
from handler.domain.search.match import matches_text, search_words
from tests.support.builders import AS_OF, profile, record

NAMES = [f"acme/{word}-{number}" for number in range(40) for word in ("alpha", "beta", "beta-mini")]
ROWS = build_listing([profile(record(name)) for name in NAMES], AS_OF).rows


def having(text: str) -> list[str]:
    return [row.id for row in ROWS.having(search_words(text))]


def test_rare_words_leave_few_rows_to_compare() -> None:
    assert having("alpha-17") == ["acme/alpha-17"]
    assert having("mini 7") == [name for name in NAMES if "7" in name and "mini" in name]
    assert having("beta 7") == [name for name in NAMES if "7" in name]
    assert having("gamma") == []


def test_common_words_leave_all_rows() -> None:
    assert having("acme") == NAMES
    assert having("") == NAMES


def test_no_row_that_matches_is_left_out() -> None:
    for text in ("alpha 3", "beta mini 11", "betamini11", "3", "acme beta", "mini acme 39", "ta"):
        found = {row.id for row in ROWS if matches_text(row, text)}

        assert found <= set(having(text))
