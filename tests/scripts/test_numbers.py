from types import ModuleType

import pytest

from scripts.commands import serve, smoke, stack
from scripts.lib.numbers import parse_count, parse_port


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


@pytest.mark.parametrize("option", ["--flood", "--max-age"])
@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5", "10000000000"])
def test_invalid_count_is_refused_with_a_sentence(
    option: str, count: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        smoke.main(["https://previews.example.org", f"{option}={count}"])

    assert stopped.value.code == 2
    expected = f"argument {option}: {count!r} is not a number from 1 to 1,000,000,000\n"
    assert capsys.readouterr().err.endswith(expected)


def test_count_is_a_number() -> None:
    assert [parse_count("1"), parse_count("1000000000")] == [1, 10**9]
