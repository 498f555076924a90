"""A function in AWS Lambda's own runtime: the Runtime Interface Emulator with an artifact."""

import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scripts.local_stack.processes import LOOPBACK, ServerProcess, free_ports, run_server

_INVOCATIONS = "/2015-03-31/functions/function/invocations"
_START_SECONDS = 20.0
_INVOKE_SECONDS = 330.0


class FunctionFailed(Exception):
    """An invocation failed; `payload` is Lambda's error response."""

    def __init__(self, handler: str, payload: object) -> None:
        super().__init__(f"{handler} failed: {payload}")
        self.payload = payload


class LambdaEmulator:
    """One function. Its first invocation is cold; invocations run one at a time.

    The code runs in the artifact's folder with the packages that are in it: `python` needs
    awslambdaric, and should have nothing else. The function's environment is Lambda's own
    variables with `environment`, which may set AWS_LAMBDA_FUNCTION_TIMEOUT (seconds) and others.
    """

    def __init__(
        self, artifact: Path, handler: str, environment: Mapping[str, str], rie: Path, python: Path
    ) -> None:
        self._artifact = artifact.resolve()
        self._handler = handler
        self._environment = dict(environment)
        self._rie = rie
        self._python = python
        self._port, self._runtime_port = free_ports(2)
        self._resources = ExitStack()
        self._server: ServerProcess | None = None
        # Overlapping invocations crash the emulator.
        self._lock = threading.Lock()

    @property
    def invocations_url(self) -> str:
        """The URL to post events to, one at a time."""
        return f"http://{LOOPBACK}:{self._port}{_INVOCATIONS}"

    @property
    def log(self) -> str:
        """The log of the function and the emulator so far, empty before the start."""
        return self._server.log if self._server else ""

    def invoke(self, event: Mapping[str, Any]) -> Any:
        """Return the function's response to an event. Raises FunctionFailed."""
        with self._lock:
            body = self._post(json.dumps(event).encode())
        payload = _decode(body)
        if _is_failure(payload):
            raise FunctionFailed(self._handler, payload)
        return payload

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            folder = Path(resources.enter_context(tempfile.TemporaryDirectory(prefix="lambda-")))
            self._server = resources.enter_context(self._run(folder / "log"))
            self._resources = resources.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._resources.close()

    def _run(self, log_file: Path) -> AbstractContextManager[ServerProcess]:
        return run_server(
            [
                self._rie,
                "--runtime-interface-emulator-address",
                f"{LOOPBACK}:{self._port}",
                "--runtime-api-address",
                f"{LOOPBACK}:{self._runtime_port}",
                self._python,
                "-m",
                "awslambdaric",
                self._handler,
            ],
            port=self._port,
            log_file=log_file,
            environment={**self._lambda_variables(), **self._environment},
            folder=self._artifact,
            within_seconds=_START_SECONDS,
        )

    def _lambda_variables(self) -> dict[str, str]:
        """Return the variables that Lambda sets and the emulator does not."""
        return {
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EXECUTION_ENV": f"AWS_Lambda_python{version_of(self._python)}",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_FUNCTION_NAME": "burgee",
            "AWS_LAMBDA_FUNCTION_TIMEOUT": "30",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_REGION": "us-east-1",
            "LAMBDA_TASK_ROOT": str(self._artifact),
            "LANG": "en_US.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "TZ": ":UTC",
        }

    def _post(self, body: bytes) -> bytes:
        with closing(HTTPConnection(LOOPBACK, self._port, timeout=_INVOKE_SECONDS)) as connection:
            connection.request("POST", _INVOCATIONS, body)
            return connection.getresponse().read()


def version_of(python: Path) -> str:
    """Return the major and minor version of an interpreter, such as 3.13."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run(
        [python, "-I", "-c", code], check=True, capture_output=True, text=True, timeout=30
    ).stdout.strip()


def _decode(body: bytes) -> Any:
    """Return a response's JSON. The emulator reports a timeout as plain text: an error."""
    try:
        return json.loads(body)
    except ValueError:
        return {"errorType": "Emulator", "errorMessage": body.decode(errors="replace")}


def _is_failure(payload: object) -> bool:
    return isinstance(payload, dict) and {"errorType", "errorMessage"} <= payload.keys()
