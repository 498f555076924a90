"""In a new process: import a function and answer one event; the answer's body goes out.

Usage: cold.py MODULE EVENT_FILE. The one who started it looks at the clock when the first byte
comes. The last line is the peak of the memory in kB.
"""

import importlib
import json
import sys


def peak_kilobytes() -> int:
    """Return the most memory that this process had; `getrusage` would count its parent's."""
    with open("/proc/self/status") as status:  # noqa: PTH123 - pathlib would be measured too
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


if __name__ == "__main__":
    with open(sys.argv[2]) as file:  # noqa: PTH123 - likewise
        event = json.load(file)
    answer = importlib.import_module(sys.argv[1]).lambda_handler(event, None)
    assert answer["statusCode"] == 200, answer  # noqa: S101 - what failed is no measurement
    sys.stdout.write(answer["body"])
    sys.stdout.flush()
    print(f"\n{peak_kilobytes()}")
