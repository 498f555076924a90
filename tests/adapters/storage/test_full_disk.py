"""A disk without space, as a limit of the size of files."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.lib.paths import ROOT

WRITE = """
import random, resource, sys
from pathlib import Path
from handler.adapters.storage.file_archive import FileArchive
from handler.adapters.storage.file_store import FileStore
from handler.domain.errors import StoreUnavailable

folder, kind, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
body = random.Random(1).randbytes(size)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    FileStore(folder).put(body, None) if kind == "store" else FileArchive(folder).put("a", body)
except StoreUnavailable as error:
    print(f"{error}"[:12])
print(*sorted(path.name for path in folder.iterdir()))
"""


@pytest.mark.parametrize("size", [2_000, 2_000_000])
@pytest.mark.parametrize(("kind", "left"), [("store", ".lock"), ("archive", "")])
def test_full_disk_leaves_no_file_behind(tmp_path: Path, kind: str, left: str, size: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE, tmp_path, kind, str(size)],
        cwd=ROOT,
        env={},  # without coverage, whose file would not fit either
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.stdout.splitlines(), done.stderr) == (
        ["cannot write" if kind == "store" else "cannot archi", left],
        "",
    )
