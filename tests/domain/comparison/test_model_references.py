import pytest

from handler.domain.comparison.model_references import parse_references


@pytest.mark.parametrize(
    ("values", "references"),
    [
        (["acme/b", "acme/a", "acme/b"], ["acme/b", "acme/a", "acme/b"]),
        (["acme/b, acme/a,,", " /acme/c/ "], ["acme/b", "acme/a", "acme/c"]),
        (["gpt 4o"], ["gpt 4o"]),
        (["https://openrouter.ai/acme/a?tab=price#x"], ["acme/a"]),
        (["http://www.openrouter.ai/models/acme/a:free/"], ["models/acme/a:free"]),
        (["openrouter.ai/acme/a,OpenRouter.ai/acme/b"], ["acme/a", "acme/b"]),
        (["https://openrouter.ai/compare/acme/a/bee/b"], ["acme/a", "bee/b"]),
        (["https://openrouter.ai/chat?models=acme/a,bee/b"], ["acme/a", "bee/b"]),
        (["https://burgee.example/acme%2Fa.md"], ["acme/a"]),
        (["https://burgee.example:8080/acme/a/preview"], ["acme/a"]),
        (["https://burgee.example/compare?m=acme/b&m[]=acme/a&in=5"], ["acme/b", "acme/a"]),
        (["https://burgee.example/"], ["https://burgee.example"]),
        (["acme.ai/a", "https:///"], ["acme.ai/a", "https:"]),
    ],
    ids=[
        "several",
        "commas and spaces",
        "a text",
        "a URL",
        "a variant",
        "without scheme",
        "compared there",
        "a chat",
        "Markdown",
        "an inspector",
        "compared here",
        "no model",
        "an author with a point",
    ],
)
def test_every_way_to_name_models_is_understood(values: list[str], references: list[str]) -> None:
    assert parse_references(values) == references


def test_references_are_bounded() -> None:
    assert len(parse_references([",".join(f"a/{n}" for n in range(500))])) == 30
