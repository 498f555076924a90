from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.local_stack.lambda_emulator import FunctionFailed, LambdaEmulator
from tests.support.external import real_part
from tests.support.http.lambda_events import http_event

pytestmark = pytest.mark.e2e

HANDLER = """
import os, time

CALLS = []


def lambda_handler(event, context):
    print("request for", event["rawPath"])
    CALLS.append(event)
    return RESPONSES[event["rawPath"]](context)


def exit_at_once(context):
    os._exit(3)


RESPONSES = {
    "/calls": lambda context: {"calls": len(CALLS)},
    "/environment": lambda context: dict(os.environ),
    "/name": lambda context: {"name": context.function_name},
    "/error": lambda context: 1 / 0,
    "/slow": lambda context: time.sleep(60),
    "/exit": exit_at_once,
}
"""


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[LambdaEmulator]:
    rie, python = real_part("BURGEE_RIE"), real_part("BURGEE_LAMBDA_PYTHON")
    (tmp_path / "function.py").write_text(HANDLER)
    environment = {"SITE_URL": "https://example.org", "AWS_LAMBDA_FUNCTION_TIMEOUT": "1"}
    with LambdaEmulator(tmp_path, "function.lambda_handler", environment, rie, python) as running:
        yield running


def test_invocations_run_one_at_a_time_in_one_process(emulator: LambdaEmulator) -> None:
    with ThreadPoolExecutor(4) as pool:
        responses = list(pool.map(emulator.invoke, [http_event("/calls")] * 8))

    assert sorted(response["calls"] for response in responses) == list(range(1, 9))
    assert "request for /calls" in emulator.log


def test_function_environment_is_that_of_lambda(emulator: LambdaEmulator, tmp_path: Path) -> None:
    environment = emulator.invoke(http_event("/environment"))

    assert environment["SITE_URL"] == "https://example.org"
    assert environment["LAMBDA_TASK_ROOT"] == str(tmp_path)
    assert environment["AWS_EXECUTION_ENV"].startswith("AWS_Lambda_python3.")
    assert not {"HOME", "VIRTUAL_ENV"} & environment.keys()
    assert not [name for name in environment if name.startswith(("PYTHON", "BURGEE_"))]
    assert emulator.invoke(http_event("/name")) == {"name": "burgee"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/error", "division by zero"),
        ("/slow", "Task timed out after 1.00 seconds"),
        ("/exit", "Runtime exited with error: exit status 3"),
    ],
    ids=["exception", "timeout", "exit"],
)
def test_invocation_after_a_failure_succeeds(
    emulator: LambdaEmulator, path: str, message: str
) -> None:
    with pytest.raises(FunctionFailed, match=message):
        emulator.invoke(http_event(path))

    assert emulator.invoke(http_event("/calls"))["calls"] >= 1
