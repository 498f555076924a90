import pytest

from handler.domain.catalog.model import split_display_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Google: Gemini 2.5 Pro", ("Google", "Gemini 2.5 Pro")),
        ("Ox Alpha", ("acme", "Ox Alpha")),
        ("Nothing: ", ("acme", "Nothing: ")),
        ("x" * 41 + ": One", ("acme", "x" * 41 + ": One")),
    ],
)
def test_name_splits_into_vendor_and_title(name: str, parts: tuple[str, str]) -> None:
    assert split_display_name(name, "acme") == parts
