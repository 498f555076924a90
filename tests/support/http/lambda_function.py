"""The render function in a process of its own, invoked with events as Lambda does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.constants import PROJECT
from tests.support.http.answer import Answer, invoked

FUNCTION = """
import json, sys
from handler.render import lambda_handler
for line in sys.stdin:
    answer = lambda_handler(json.loads(line), None)
    print(json.dumps(answer), flush=True)
"""


class Function:
    """The entry point in a process of its own, as Lambda would import it."""

    def __init__(self, store: Path, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", FUNCTION],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env={**os.environ, "BURGEE_STORE": str(store), **environment},
        )

    def invoke(self, event: dict[str, Any]) -> Answer:
        return invoked(self._said(event))

    def close(self) -> None:
        self._process.communicate(timeout=10)

    def _said(self, event: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(event) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())
