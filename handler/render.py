"""Lambda entry point: an HTTP API event in, a result out."""

import gc

# What a start makes stays: collecting it again and again finds no garbage.
gc.disable()

from collections.abc import Callable, Mapping  # noqa: E402 - after the line above, as all others
from functools import cache  # noqa: E402
from typing import Any  # noqa: E402

from handler.bootstrap.render import create_site_from_env  # noqa: E402

_site = create_site_from_env()

# By now these have been imported with the pages.
from handler.web.app import is_api_request, respond  # noqa: E402
from handler.web.http.lambda_event import NO_REQUEST, build_result, is_request, parse_event  # noqa: E402

gc.freeze()
gc.enable()


def lambda_handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Return the HTTP API result (payload format 2.0) of one event."""
    if not is_request(event):
        return build_result(NO_REQUEST)
    request = parse_event(event)
    if is_api_request(request):
        return _api_handler()(event, request, context)
    return build_result(respond(_site, request))


@cache
def _api_handler() -> Callable[..., dict[str, Any]]:
    """Return the API's own door, imported on its first request: FastAPI is slow to import."""
    from handler.web.api.door import create_api_handler  # noqa: PLC0415 - see above

    return create_api_handler(_site)
