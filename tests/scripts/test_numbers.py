from types import ModuleType

import pytest

from scripts.commands import serve, stack
from scripts.lib.numbers import parse_port


@pytest.mark.parametrize("command", [serve, stack], ids=["serve", "stack"])
@pytest.mark.parametrize("port", ["99999", "65536", "-1", "x", "²", "1" * 5_000, ""])
def test_invalid_port_is_refused_with_a_sentence(
    command: ModuleType, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main([f"--port={port}"])

    assert stopped.value.code == 2
    expected = f"{port!r} is not a port: a number from 0 to 65535\n"
    assert capsys.readouterr().err.endswith(f"argument --port: {expected}")


@pytest.mark.parametrize("port", ["0", "80", "65535"])
def test_port_is_a_number(port: str) -> None:
    assert parse_port(port) == int(port)
