"""How every command ends: exit codes, and sentences on standard error."""

import re
import subprocess
import sys

import pytest

from scripts.lib.command_line import EXIT_CODES, create_parser
from tests.support.constants import PROJECT

IMPORTS = """
from handler.domain.errors import SettingsError
from scripts.lib.command_line import run

def main(arguments):
    {body}

run(main)
"""


def ended(body: str, **options: int) -> tuple[int, str]:
    """Return the exit code of a command with this body, and its standard error."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", IMPORTS.format(body=body)],
        env={"PYTHONPATH": str(PROJECT)},
        stdout=options.get("stdout", subprocess.DEVNULL),
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("body", "code", "sentence"),
    [
        ("return 0", 0, ""),
        ("return 1", 1, ""),
        ("raise SettingsError('ROBOTS_LLM is odd')", 2, "Invalid setting: ROBOTS_LLM is odd\n"),
        ("raise KeyboardInterrupt", 130, "Interrupted.\n"),
        ("open('/no/such/file')", 1, "Failed: /no/such/file: No such file or directory\n"),
        ("raise OSError('no route')", 1, "Failed: no route\n"),
    ],
)
def test_command_ends_with_a_code_and_a_sentence(body: str, code: int, sentence: str) -> None:
    assert ended(body) == (code, sentence)


def test_reader_that_leaves_early_ends_the_command_silently() -> None:
    command = [sys.executable, "-P", "-c", IMPORTS.format(body="print('line' * 100_000)")]
    with subprocess.Popen(
        command, env={"PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""

    assert running.returncode == 1


def test_help_and_the_manual_have_the_same_exit_codes() -> None:
    text = create_parser("smoke", "Checks a site.", epilog="More.").format_help()
    manual = (PROJECT / "docs" / "commands.md").read_text("utf-8")

    assert (
        text.split("More. ")[1].split()
        == (
            "Exit codes: " + "; ".join(f"{code}: {text}" for code, text in EXIT_CODES.items()) + "."
        ).split()
    )
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", manual.split("## Exit codes")[1], re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows[: len(EXIT_CODES)]} == EXIT_CODES
