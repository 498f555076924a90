"""Routes that match whole paths, and fixed ones at once.

Starlette's own take a line break for the end of a path, and are tried one after another.
"""

import re
from collections.abc import Iterable, Sequence

from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

_NONE: tuple[Match, Scope] = (Match.NONE, {})


class Fixed(BaseRoute):
    """Routes without parameters, found by one look: a model's page would be tried against each."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._by_path = {route.path: route for route in routes}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether there is a route of the whole path, and of the method."""
        route = self._by_path.get(scope["path"])
        return route.matches(scope) if route else _NONE

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what was matched."""
        await self._by_path[scope["path"]].handle(scope, receive, send)


def make_strict(routes: Iterable[BaseRoute]) -> None:
    """Have routes match paths to their very end, line breaks included.

    `/api%0A` would be `/api` otherwise, and `/a%0Ab` no address at all.
    """
    for route in routes:
        if isinstance(route, Route | Mount):
            pattern = route.path_regex.pattern.removesuffix("$")
            route.path_regex = re.compile(rf"{pattern}\Z", re.DOTALL)
