"""Imports a function in a new process, answers one event and writes the response's body.

Usage: cold.py MODULE EVENT_FILE. The parent process takes the time when the first byte arrives. The
last line is the peak memory in kB.
"""

import importlib
import json
import sys


def peak_kilobytes() -> int:
    """Return the peak memory of this process; `getrusage` would include its parent's."""
    with open("/proc/self/status") as status:  # noqa: PTH123 - importing pathlib takes time
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


if __name__ == "__main__":
    with open(sys.argv[2]) as file:  # noqa: PTH123 - likewise
        event = json.load(file)
    response = importlib.import_module(sys.argv[1]).lambda_handler(event, None)
    assert response["statusCode"] == 200, response  # noqa: S101 - do not measure a failure
    sys.stdout.write(response["body"])
    sys.stdout.flush()
    print(f"\n{peak_kilobytes()}")
