import pytest

from handler.web.cards.drawing.identicon import author_identicon

FULL = 255
ROUNDING = 70


def row(author: str, height: int, number: int) -> bytes:
    mask = author_identicon(author, height)
    return mask.coverage[number * mask.width : (number + 1) * mask.width]


def test_logo_is_solid_on_the_left_and_notched_on_the_right() -> None:
    top, middle = row("", 84, 0), row("", 84, 42)

    assert (author_identicon("", 84).width, author_identicon("", 84).height) == (120, 84)
    assert top[:119] == bytes([FULL]) * 119
    assert middle[:83] == bytes([FULL]) * 83
    assert middle[86:] == bytes(34)


@pytest.mark.parametrize("author", ["", *(f"author-{number}" for number in range(60))])
def test_identicons_are_symmetric_upside_down(author: str) -> None:
    upper = [row(author, 42, number) for number in range(21)]
    lower = [row(author, 42, 41 - number) for number in range(21)]

    assert all(
        abs(above - below) <= ROUNDING
        for above, below in zip(b"".join(upper), b"".join(lower), strict=True)
    )


def test_patterns_are_tints_within_the_whole_outline() -> None:
    plain = author_identicon("", 42).coverage

    for number in range(60):
        tinted = author_identicon(f"author-{number}", 42).coverage
        inside = [value for value, whole in zip(tinted, plain, strict=True) if whole == FULL]
        assert min(inside) == FULL // 4 + 1
        assert max(inside) == FULL


def test_authors_have_different_and_stable_identicons() -> None:
    masks = {author_identicon(f"author-{number}", 28).coverage for number in range(200)}

    assert len(masks) == 10
    assert author_identicon("acme", 28) == author_identicon("acme", 28)
