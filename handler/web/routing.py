"""Routes that match whole paths. Starlette's own take a line break for the end of one."""

import re
from collections.abc import Iterable

from starlette.routing import BaseRoute, Mount, Route


def make_strict(routes: Iterable[BaseRoute]) -> None:
    """Have routes match paths to their very end, line breaks included.

    `/api%0A` would be `/api` otherwise, and `/a%0Ab` no address at all.
    """
    for route in routes:
        if isinstance(route, Route | Mount):
            pattern = route.path_regex.pattern.removesuffix("$")
            route.path_regex = re.compile(rf"{pattern}\Z", re.DOTALL)
