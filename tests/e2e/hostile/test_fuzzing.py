"""What reads bytes of strangers, fuzzed by Atheris: guided by the branches that inputs reach."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzzing.seeds import SEEDS
from tests.support.constants import PROJECT
from tests.support.external import real_part
from tests.support.iterations import repeat

pytestmark = pytest.mark.e2e

MAX_SECONDS = 3_600
SEEMS_ENDLESS_SECONDS = 10


@pytest.mark.promise("P8", "fuzzed inputs")
@pytest.mark.parametrize("target", SEEDS)
def test_any_bytes_raise_only_named_errors(
    target: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    inputs = repeat(4_000, 250_000)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[target]):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-runs={inputs}", "-seed=1", f"-timeout={SEEMS_ENDLESS_SECONDS}"]

    done = subprocess.run(
        [real_part("BURGEE_ATHERIS"), "-m", "tests.fuzzing", target, corpus, *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=MAX_SECONDS,
    )

    tried = re.search(r"^Done (\d+) runs", done.stderr, re.MULTILINE)
    assert tried, (done.stdout + done.stderr)[-4_000:]
    assert done.returncode == 0
    record_property("tried", int(tried[1]))
    assert int(tried[1]) >= inputs
