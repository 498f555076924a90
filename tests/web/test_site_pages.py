import pytest

from handler.bootstrap import app_over
from tests.records import HERMES, MemoryStore, catalog, catalog_bytes, priced, record
from tests.support.asgi import ask
from tests.support.page_text import lines_of

RECORDS = [HERMES, priced("openrouter/auto", "-1", "-1"), record("acme/nothing")]


def lines(path: str) -> list[str]:
    app = app_over(MemoryStore(catalog_bytes(RECORDS)), "https://previews.example.org")
    return lines_of(ask(app, path).text)


def test_methodology_names_the_source_its_time_and_its_hash() -> None:
    said = lines("/methodology")

    assert said[3:6] == [
        f"Sources of snapshot {catalog(RECORDS).version}",
        "Source | State | As of | Fetched | Records",
        f"OpenRouterhttps://openrouter.ai/api/v1/modelsSHA-256 of its answer: {'0' * 64} | fresh | "
        "22 August 2026, 18:35 UTC | 22 August 2026, 18:35 UTC | 30 set aside",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/nousresearch/hermes-4",
            [
                "No such model",
                "No model here has the address nousresearch/hermes-4.",
                "Did you mean one of these?",
                "Nous: Hermes 4 405B nousresearch/hermes-4-405b",
                "See all models. A model that was added within the last minutes may not be here "
                "yet.",
            ],
        ),
        (
            "/zzz\x00\u202e/" + "y" * 500,
            [
                "No such model",
                f"No model here has the address zzz/{'y' * 115}….",
                "See all models. A model that was added within the last minutes may not be here "
                "yet.",
            ],
        ),
    ],
    ids=["near names", "nothing near"],
)
def test_a_404_says_what_was_asked_for_and_what_comes_near(path: str, expected: list[str]) -> None:
    assert lines(path) == expected
