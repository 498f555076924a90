"""Routes as data: a path pattern, the view that answers it and the query parameters it reads."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from handler.web.http.response import CacheableResponse

View = Callable[..., CacheableResponse]

_HASH_LENGTH = 16
_HASH_DIGITS = frozenset("0123456789abcdef")


class Route(NamedTuple):
    """One route.

    `pattern` has placeholders: `{author}` and `{number}` are one path segment, `{hash}` is 16
    hexadecimal digits. `{model}` may contain slashes, so that every alias of a model reaches the
    view that answers for the model. A view gets the site, the request and the placeholders' values.

    `view` is a function, or "module:function" where a cold page must not import it. `query` names
    the query parameters that the view reads; it may be a "module:constant" likewise. `headers` are
    those that every answer of the route has, redirects and errors too.
    """

    pattern: str
    view: View | str
    query: Sequence[str] | str = ()
    headers: tuple[tuple[str, str], ...] = ()


class Router:
    """Finds the route of a path: exact patterns first, then the others in their order."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._exact = {route.pattern: route for route in routes if "{" not in route.pattern}
        self._patterns = [(r, *_split(r.pattern)) for r in routes if "{" in r.pattern]

    def match(self, path: str) -> tuple[Route, tuple[str, ...]] | None:
        """Return the route of a path and the values of its placeholders, None for none.

        Slashes at the end of an exact pattern do not matter: the caller redirects.
        """
        exact = self._exact.get(path) or self._exact.get(path.rstrip("/"))
        if exact:
            return exact, ()
        for route, prefix, name, separator, suffix in self._patterns:
            if path.startswith(prefix) and path.endswith(suffix):
                captured = path[len(prefix) : len(path) - len(suffix)]
                values = _values(captured, name, separator)
                if values:
                    return route, values
        return None


def load(reference: str) -> Any:
    """Return what a "module:name" refers to, imported now if it was not before."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


def _split(pattern: str) -> tuple[str, str, str, str]:
    """Return a pattern's prefix, its first placeholder, what stands before `{hash}`, its suffix."""
    prefix, _, rest = pattern.partition("{")
    name, _, rest = rest.partition("}")
    separator, found, rest = rest.partition("{hash}")
    return (prefix, name, separator, rest) if found else (prefix, name, "", separator)


def _values(captured: str, name: str, separator: str) -> tuple[str, ...] | None:
    if separator:
        captured, _, digest = captured.rpartition(separator)
        return (captured, digest) if _fits(captured, name) and _fits(digest, "hash") else None
    return (captured,) if _fits(captured, name) else None


def _fits(value: str, name: str) -> bool:
    if name == "hash":
        return len(value) == _HASH_LENGTH and _HASH_DIGITS.issuperset(value)
    return bool(value) and (name == "model" or "/" not in value.rstrip("/"))
