"""Links that were pasted with more at their end than belongs to them.

Chat programs, mail and Markdown add the punctuation of the sentence, brackets, quotation marks,
spaces and characters that nobody sees. Only a path at which there is nothing is read this way.
"""

import unicodedata
from collections.abc import Iterator

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ModelMoved, ModelNotFound, resolve_author
from handler.web.errors import PathMoved, redirect_to_canonical, redirect_to_path
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.http.routing import Route, Router
from handler.web.site import Site

MAX_STRAY_CHARACTERS = 8

# Invisible characters, spaces, and all punctuation but dashes: a link that ends with one was broken
# at the end of a line, and what is left of it may be another model.
_STRAY_CATEGORIES = frozenset({"Cf", "Pc", "Pe", "Pf", "Pi", "Po", "Ps", "Sk", "Zl", "Zp", "Zs"})
# Symbols of markup, line ends, selectors of emoji, and what stands for bytes that are no text.
_STRAY_CHARACTERS = frozenset("<>|~\t\n\r\ufe0e\ufe0f\ufffd")


def redirect_pasted(router: Router, site: Site, request: Request) -> CacheableResponse | None:
    """Return a 308 to the page of a pasted link, None where no page is left of it.

    The longest path that has a page wins, because ids may end with such characters too.
    """
    for path in shorten_path(request.path):
        match = router.match(path)
        response = match and _redirect(site, request, *match)
        if response:
            return response
    return None


def shorten_path(path: str) -> Iterator[str]:
    """Yield the path without its last one to eight stray characters, longest first."""
    for _ in range(MAX_STRAY_CHARACTERS):
        if len(path) < 2 or not _is_stray(path[-1]):
            return
        path = path[:-1]
        yield path


def _is_stray(character: str) -> bool:
    is_stray = unicodedata.category(character) in _STRAY_CATEGORIES
    return is_stray or character in _STRAY_CHARACTERS


def _redirect(
    site: Site, request: Request, route: Route, values: tuple[str, ...]
) -> CacheableResponse | None:
    """Return a 308 to what a route has at its values, None if that is nothing."""
    if not values:
        return redirect_to_path(site, request, route, PathMoved(route.pattern))
    catalog = site.catalog.get()
    try:
        if route.pattern.startswith("/{author}"):
            name = _resolve_author_or_model(catalog, values[0])
        elif route.pattern.startswith("/{model}"):
            name = catalog.resolve(values[0])
        else:
            return None
    except ModelNotFound:
        return None
    return redirect_to_canonical(site, request, route, ModelMoved(name))


def _resolve_author_or_model(catalog: Catalog, path: str) -> str:
    """Return the author that a path means, else the model: aliases may have one segment."""
    try:
        return resolve_author(catalog.index, path)
    except ModelNotFound:
        return catalog.resolve(path)
