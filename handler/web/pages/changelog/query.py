"""Requests for views of the changes, and the paths of such views."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ModelNotFound, resolve_author
from handler.domain.search.change_query import ChangeQuery, parse_change_query
from handler.web.http.request import Request
from handler.web.urls import Representation, model_path

PATH = "/changes"


def read_query(catalog: Catalog, request: Request) -> ChangeQuery:
    """Return the query of a request for the page or its card. Raises InvalidParameter."""
    return parse_change_query(request.params(), lambda slug: _find_author(catalog, slug))


def changes_path(query: ChangeQuery) -> str:
    """Return the canonical path of a view."""
    query_string = query.query_string()
    return PATH + (f"?{query_string}" if query_string else "")


def feed_path(query: ChangeQuery) -> str:
    """Return the path of the feed with the changes of a view, whatever its period is."""
    page = model_path(query.author) if query.author else "/"
    return Representation.FEED.url_for(page) + (f"?kind={query.kind}" if query.kind else "")


def _find_author(catalog: Catalog, slug: str) -> str | None:
    try:
        return resolve_author(catalog.index, slug)
    except ModelNotFound:
        return None
