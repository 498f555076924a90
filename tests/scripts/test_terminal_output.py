"""Colors and progress, on terminals alone."""

import io

import pytest

from scripts.lib.terminal import print_progress, shows_colors


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
    ],
    ids=str,
)
def test_colors_can_be_turned_off(environment: dict[str, str], expected: bool) -> None:
    assert shows_colors(Terminal(), environment) is expected
    assert shows_colors(io.StringIO(), environment) is False


def test_progress_is_printed_to_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        monkeypatch.setattr("sys.stderr", stream)
        print_progress("Slack: 1 of 11")

    assert (terminal.getvalue(), file.getvalue()) == ("… Slack: 1 of 11\n", "")
