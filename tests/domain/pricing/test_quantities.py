import pytest

from handler.domain.pricing.quantities import parse_count, parse_percent

MOST = 999_999_999_999


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("10000", 10_000),
        ("10M", 10_000_000),
        ("2m", 2_000_000),
        ("10,000,000", 10_000_000),
        ("10.000.000", 10_000_000),
        ("10 000 000", 10_000_000),
        ("10\u202f000\u00a0000", 10_000_000),
        ("10_000_000", 10_000_000),
        ("10’000", 10_000),
        (" 10  Million ", 10_000_000),
        ("10 million tokens", 10_000_000),
        ("128k tokens", 128_000),
        ("200 requests", 200),
        ("5tokens", 5),
        ("1.5M", 1_500_000),
        ("0,5m", 500_000),
        (".5m", 500_000),
        ("1.125M", 1_125_000),
        ("1,234.5K", 1_234_500),
        ("1bn", 1_000_000_000),
        ("1e6", 1_000_000),
        ("2.0", 2),
        ("999999999999", MOST),
    ],
)
def test_counts_are_understood_as_people_type_them(text: str, count: int) -> None:
    assert parse_count(text, MOST) == count


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "-1",
        "10.000",
        "0,500",
        "1.5",
        "1,5",
        "1.0001k",
        "1,00,000",
        "1,0000",
        "10Mb",
        "1e",
        "1000000000000",
        "1e13",
        "1" * 41,
        "٣",
        "10M 5",
        "..",
        ",",
        "5%",
        "1.2.3",
        "10k-20k",
    ],
)
def test_ambiguous_and_other_counts_are_not_understood(text: str) -> None:
    assert parse_count(text, MOST) is None


@pytest.mark.parametrize(
    ("text", "percent"),
    [("50", 50), ("50%", 50), (" 50 % ", 50), ("100 percent", 100), ("0", 0)]
    + [(text, None) for text in ("", "101", "-1", "0.5", "half", "5%%", "1000%")],
)
def test_percentages_are_whole_and_up_to_a_hundred(text: str, percent: int | None) -> None:
    assert parse_percent(text) == percent
