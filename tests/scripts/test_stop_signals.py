import signal
import weakref
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from scripts.commands import serve
from scripts.lib.stop_signals import StopSignals

pytestmark = pytest.mark.usefixtures("kept_signal_handlers")


class Thing:
    pass


def interrupt_where_python_drops_it(number: signal.Signals) -> None:
    """Let a signal come while the callback of a weak reference runs."""
    thing = Thing()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(number))
    del thing
    assert reference() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_interrupts_what_runs(number: signal.Signals) -> None:
    StopSignals().listen()

    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_that_python_drops_is_not_lost(number: signal.Signals) -> None:
    stop = StopSignals()
    stop.listen()
    stop.check()

    interrupt_where_python_drops_it(number)

    with pytest.raises(KeyboardInterrupt):
        stop.check()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_serve_stops_at_a_signal_during_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    create = serve._create_server

    def create_interrupted(*arguments: Any) -> uvicorn.Server:
        interrupt_where_python_drops_it(signal.SIGINT)
        return create(*arguments)

    def run(_server: uvicorn.Server, **_sockets: Any) -> None:
        raise AssertionError("it serves")

    monkeypatch.setattr(serve, "_create_server", create_interrupted)
    monkeypatch.setattr(uvicorn.Server, "run", run)

    assert serve.main(["--store", str(tmp_path), "--port", "0", "--offline"]) == 0
    assert capsys.readouterr().out.endswith("sample.\nStopped.\n")
