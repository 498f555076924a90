"""scripts/lib/environment.sh: which Python the launchers find, and what they hand on."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.lib.paths import ROOT

LIBRARY = ROOT / "scripts" / "lib" / "environment.sh"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def sourced(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of bash with the functions of the library."""
    return subprocess.run(
        ["bash", "-c", f'. "$0" && {command}', LIBRARY],
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def python_named(folder: Path, *names: str) -> str:
    """Return a PATH on which this Python has these names."""
    for name in names:
        (folder / name).write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        (folder / name).chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_python_of_lambda_goes_first() -> None:
    names = sourced("python_candidates ''").stdout.split()

    assert names[:3] == ["python3.13", "python3.14", "python3.12"]


def test_broken_python_is_passed_over(tmp_path: Path) -> None:
    path = python_named(tmp_path, "python3.14")
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.13").chmod(0o755)

    found = sourced(f"find_python {VERSION}", PATH=path)
    wanted = sourced("find_python 3.99", PATH=path)

    assert found.returncode == 0
    assert (wanted.returncode, wanted.stdout) == (1, "")
    assert wanted.stderr.startswith("No Python 3.99 with venv found: tried python3.13, python3.14")


CERTIFICATES = "PIP_CERT", "NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"
PRINT = "printf '%s\\n' " + " ".join(f'"${{{name}-none}}"' for name in CERTIFICATES)


def test_certificates_are_handed_on() -> None:
    handed_on = sourced(PRINT, SSL_CERT_FILE=__file__)

    assert handed_on.stdout.splitlines() == [__file__] * 3


@pytest.mark.parametrize("file", ["", "/no/such/file"])
def test_unreadable_certificates_are_not_handed_on(file: str) -> None:
    assert sourced(PRINT, SSL_CERT_FILE=file).stdout.splitlines() == ["none"] * 3


def test_own_variable_of_a_program_goes_first() -> None:
    handed_on = sourced(PRINT, SSL_CERT_FILE=__file__, PIP_CERT="/own")

    assert handed_on.stdout.splitlines() == ["/own", __file__, __file__]
