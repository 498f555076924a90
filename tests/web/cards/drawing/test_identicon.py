import pytest

from handler.web.cards.drawing.identicon import author_identicon

FULL = 255
ROUNDING = 70


def row(author: str, height: int, number: int) -> bytes:
    flag = author_identicon(author, height)
    return flag.coverage[number * flag.width : (number + 1) * flag.width]


def test_the_sites_flag_is_whole_at_the_hoist_and_notched_at_the_fly() -> None:
    top, middle = row("", 84, 0), row("", 84, 42)

    assert (author_identicon("", 84).width, author_identicon("", 84).height) == (120, 84)
    assert top[:119] == bytes([FULL]) * 119
    assert middle[:83] == bytes([FULL]) * 83
    assert middle[86:] == bytes(34)


@pytest.mark.parametrize("author", ["", *(f"author-{number}" for number in range(60))])
def test_a_flag_is_the_same_upside_down(author: str) -> None:
    upper = [row(author, 42, number) for number in range(21)]
    lower = [row(author, 42, 41 - number) for number in range(21)]

    assert all(
        abs(above - below) <= ROUNDING
        for above, below in zip(b"".join(upper), b"".join(lower), strict=True)
    )


def test_a_tint_leaves_the_outline_of_every_flag_whole() -> None:
    plain = author_identicon("", 42).coverage

    for number in range(60):
        flag = author_identicon(f"author-{number}", 42).coverage
        inside = [sewn for sewn, whole in zip(flag, plain, strict=True) if whole == FULL]
        assert min(inside) == FULL // 4 + 1
        assert max(inside) == FULL


def test_authors_have_different_flags_and_keep_them() -> None:
    flags = {author_identicon(f"author-{number}", 28).coverage for number in range(200)}

    assert len(flags) == 10
    assert author_identicon("acme", 28) == author_identicon("acme", 28)
