"""In a warm process: answer events as often as asked, and say how long each took.

Usage: warm.py MODULE. A line of the input is {"event": …, "times": N, "fresh": …} in JSON; the line
that answers it has the microseconds of each. Fresh events name an API of a new domain each, so that
nothing kept answers them. A line of nothing asks for the peak of the memory in kB.
"""

import importlib
import json
import sys
from itertools import count
from time import perf_counter

from cold import peak_kilobytes

_numbers = count()


def microseconds(handler, asked):
    """Return how long the handler took for each event, None if one had another status."""
    event, taken = asked["event"], []
    for _ in range(asked["times"]):
        if asked["fresh"]:
            event["requestContext"]["domainName"] = f"n{next(_numbers)}.example.org"
        started = perf_counter()
        answer = handler(event, None)
        taken.append((perf_counter() - started) * 1e6)
        if answer["statusCode"] != asked["status"]:
            return None
    return taken


if __name__ == "__main__":
    handler = importlib.import_module(sys.argv[1]).lambda_handler
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(microseconds(handler, asked) if asked else peak_kilobytes()), flush=True)
