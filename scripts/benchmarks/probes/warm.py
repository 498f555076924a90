"""Answers events in a warm process, and reports how long each took.

Usage: warm.py MODULE. A request is a line of JSON with `event`, `times`, `fresh`, `status` and
`clock`, a function of `time`; the answer is a line with the microseconds of each event. Fresh
events are rendered anew, although their page is cached. The request `null` asks for the peak memory
in kB.
"""

import importlib
import json
import os
import sys
import time
from contextlib import contextmanager, nullcontext
from itertools import count

from cold import peak_kilobytes

_domains = (f"n{number}.example.org" for number in count())


def measure(handler, request):
    """Return the microseconds of each event, None if a response had another status."""
    event, durations = request["event"], []
    clock = getattr(time, request["clock"])
    has_site_url = "SITE_URL" in os.environ
    with rendered_anew() if request["fresh"] and has_site_url else nullcontext():
        for _ in range(request["times"]):
            if request["fresh"] and not has_site_url:
                # An old revision: its pages are cached for each domain.
                event["requestContext"]["domainName"] = next(_domains)
            started = clock()
            response = handler(event, None)
            durations.append((clock() - started) * 1e6)
            if response["statusCode"] != request["status"]:
                return None
    return durations


@contextmanager
def rendered_anew():
    """Render cached pages again for the duration of a block; other cached values are kept."""
    from handler.web.http.response import CacheableResponse  # noqa: PLC0415 - ours only
    from handler.web.rendering.page_cache import PageCache  # noqa: PLC0415

    cached = PageCache.get_or_render

    def get_or_render(*arguments):
        value = cached(*arguments)
        return arguments[-1]() if isinstance(value, CacheableResponse) else value

    PageCache.get_or_render = get_or_render
    try:
        yield
    finally:
        PageCache.get_or_render = cached


if __name__ == "__main__":
    handler = importlib.import_module(sys.argv[1]).lambda_handler
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(measure(handler, request) if request else peak_kilobytes()), flush=True)
