import pytest

from handler.domain.errors import RefusedCatalog
from handler.domain.gates import Gates, check

KNOWN = [f"a/{number}" for number in range(10)]


def test_a_list_may_lose_and_gain_as_real_ones_do() -> None:
    check(Gates(), KNOWN, [*KNOWN[4:], "a/new"], set_aside=1)


def test_a_first_list_has_nothing_to_lose() -> None:
    check(Gates(), [], ["a/1"], set_aside=0)


def test_a_list_that_lost_too_many_is_refused_with_the_count() -> None:
    with pytest.raises(RefusedCatalog, match=r"lost 5 of 10 known models \(such as a/0\)"):
        check(Gates(), KNOWN, KNOWN[5:], set_aside=0)


def test_a_list_of_which_too_much_cannot_be_read_is_refused_with_the_count() -> None:
    with pytest.raises(RefusedCatalog, match="3 of 13 records cannot be models"):
        check(Gates(), KNOWN, KNOWN, set_aside=3)
