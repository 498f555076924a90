"""Commands in terminals that do not show UTF-8."""

import subprocess
import sys

import pytest

from scripts.lib.paths import ROOT
from tests.support.servers.upstream import Upstream, html

# Runs a module as the launchers do, without installing an environment.
LAUNCH = '. "$0" && run_module "$@"'
LIBRARY = ROOT / "scripts" / "lib" / "environment.sh"
PAGE = "<head><meta property=og:title content='模型 × …'></head>"
COMMANDS = sorted(path.stem for path in (ROOT / "scripts" / "commands").glob("[a-z]*.py"))
NARROW = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
C_LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PATH": "/usr/bin:/bin"}


def launch(
    environment: dict[str, str], command: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    module = f"scripts.commands.{command}"
    return subprocess.run(
        ["bash", "-c", LAUNCH, LIBRARY, sys.executable, module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="ascii",
        timeout=120,
    )


@pytest.mark.parametrize("environment", [NARROW, C_LOCALE], ids=["ascii", "C"])
def test_characters_are_escaped_where_they_cannot_be_shown(environment: dict[str, str]) -> None:
    with Upstream(html(PAGE)) as site:
        done = launch(environment, "unfurl", site.url, "--only", "signal")

    assert done.returncode == 0
    assert "title        \\u6a21\\u578b \\xd7 \\u2026 (og:title)\n" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_ascii(command: str) -> None:
    done = launch(NARROW, command, "--help")

    assert (done.returncode, done.stderr) == (0, "")


def test_error_is_a_sentence_in_ascii() -> None:
    done = launch(NARROW, "serve", "--offline", "--port", "0", "--host", "é…")

    assert done.returncode == 1
    assert done.stderr.startswith("Cannot serve: ")
    assert "Traceback" not in done.stderr
