import pytest

from handler.domain.search.describe import describe_count, describe_query
from handler.domain.search.filter import DisplayNames
from handler.domain.search.query import parse_query

NAMES = DisplayNames({"google": "Google"}, {"groq": "Groq"})


@pytest.mark.parametrize(
    ("pairs", "count", "words"),
    [
        ([], 540, "540 models"),
        (
            [("is", "free"), ("is", "open"), ("by", "google")],
            1,
            "1 free open-weight model by Google",
        ),
        ([("by", "acme"), ("from", "groq")], 0, "0 models by acme on Groq"),
        (
            [("has", name) for name in ("image-in", "audio-in", "text-out", "structured_outputs")],
            1_234,
            "1,234 models with audio and image input, text output and structured outputs",
        ),
        (
            [("price", "0-0.5"), ("context", "128k-")],
            2,
            "2 models with 128K+ context, up to $0.50/M in",
        ),
        (
            [("price", "1-5"), ("context", "1k-1m")],
            2,
            "2 models with 1K to 1M context, $1 to $5/M in",
        ),
        ([("context", "1m-")], 2, "2 models with 1M+ context"),
        ([("context", "7.5k-")], 2, "2 models with 7.5K+ context"),
        ([("context", "-131072")], 2, "2 models with up to 131,072 context"),
        ([("context", "1m-1050k")], 2, "2 models with 1M to 1,050,000 context"),
        (
            [("q", "flash"), ("sort", "rank")],
            2,
            "2 models matching “flash”, Arena rank: best first",
        ),
    ],
)
def test_query_is_described_in_words(pairs: list[tuple[str, str]], count: int, words: str) -> None:
    assert describe_count(parse_query(pairs), count, NAMES) == words


def test_query_is_described_without_a_count() -> None:
    assert describe_query(parse_query([("is", "withdrawn")]), NAMES) == "withdrawn models"
