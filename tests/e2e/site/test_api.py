"""The API keeps to its description, whatever it is asked."""

import subprocess
from pathlib import Path

import pytest

from tests.support.constants import PROJECT
from tests.support.external import real_part
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e


def test_every_operation_answers_as_it_is_described(tmp_path: Path) -> None:
    schemathesis = real_part("BURGEE_SCHEMATHESIS")
    with serving("--store", tmp_path / "store", "--offline") as (address, _):
        done = subprocess.run(
            [
                schemathesis,
                "--config-file",
                PROJECT / "tests/schemathesis.toml",
                "run",
                f"{address}/api/openapi.json",
                "--url",
                f"{address}/api",
                "--max-examples",
                "60",
                "--seed",
                "1",
                "--no-color",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )

    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-1_000:]
    assert "7 selected / 7 total" in done.stdout
