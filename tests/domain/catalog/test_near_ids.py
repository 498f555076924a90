import pytest

from handler.domain.catalog.near_ids import NearIds

IDS = ("openai/gpt-4", "openai/gpt-5", "openai/gpt-4o", "acme/model-4.5-mini")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("openai/gpt4o", "openai/gpt-4o"),
        ("openai/gpt 4o", "openai/gpt-4o"),
        ("acme/model45mini", "acme/model-4.5-mini"),
    ],
)
def test_nearest_id_ignores_punctuation(text: str, first: str) -> None:
    assert NearIds(IDS).find(text, 1) == [first]


def test_text_like_no_id_finds_none() -> None:
    assert NearIds(IDS).find("nobody/knows", 5) == []
