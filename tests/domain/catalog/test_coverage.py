import pytest

from handler.domain.catalog.coverage import EVERYTHING, NOTHING, Coverage


@pytest.mark.parametrize(
    ("url", "coverage"),
    [
        ("https://openrouter.ai/api/v1/models", Coverage(frozenset({"text"}))),
        ("https://x/models?limit=5&output_modalities=all", EVERYTHING),
        ("https://x/models?output_modalities=image,Video", Coverage(frozenset({"image", "video"}))),
        ("https://x/models?output_modalities=image&output_modalities=all", EVERYTHING),
    ],
    ids=["no query", "all", "some", "twice"],
)
def test_coverage_is_parsed_from_the_query_of_a_url(url: str, coverage: Coverage) -> None:
    assert Coverage.from_url(url) == coverage


def test_model_is_covered_by_any_of_its_outputs() -> None:
    text = Coverage.parse("text")

    assert [text.includes(outputs) for outputs in (["text", "image"], ["image"], [])] == [
        True,
        False,
        True,
    ]
    assert EVERYTHING.includes(["smell"])
    assert not NOTHING.includes([])
