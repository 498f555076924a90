import gzip
import random

import pytest

from handler.domain.snapshot.members import read_first_member

# More than the first part that is inflated, as random bytes do not compress.
CONTENT = random.Random(1).randbytes(200_000)
FIRST = gzip.compress(CONTENT, mtime=0)


@pytest.mark.parametrize("max_bytes", [200_000, 199_999, 100_000, 70_000, 1_000])
def test_first_member_is_read_up_to_the_limit(max_bytes: int) -> None:
    content, _ = read_first_member(FIRST + b"what follows", max_bytes)

    assert content[:max_bytes] == CONTENT[:max_bytes]
    assert len(content) <= max_bytes + 1


def test_size_of_the_first_member_is_that_of_its_bytes() -> None:
    content, size = read_first_member(FIRST + b"what follows", 1_000_000)

    assert (content, size) == (CONTENT, len(FIRST))
