"""The pages about many models: the explorer, an author's models, models side by side."""

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.authors import author_meant
from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Found, Moved, Unknown
from handler.domain.search.comparison import Comparison, comparison_of
from handler.domain.search.listing import Overview, selected
from handler.domain.search.query import Query, query_of
from handler.web.answering import Answering
from handler.web.cards.content.card_content import Face
from handler.web.cards.content.listings import face_of_author, face_of_comparison, face_of_explorer
from handler.web.formatting import path_of
from handler.web.overviews import overview_kept
from handler.web.pages.author import author_page
from handler.web.pages.compare.page import compare_page
from handler.web.pages.explorer.csv_export import models_file
from handler.web.pages.explorer.page import explorer_page
from handler.web.pages.methodology import redirection


class Listings(Answering):
    """Answers the pages about many models, and says what their cards show."""

    def explorer(self, request: Request) -> Response:
        """Answer `/`: every model, or those that the query means."""
        catalog, query = self._catalog.current(), _query(request)
        about = (self._overview(catalog), query)
        if query == Query():
            return self._page(request, catalog, explorer_page, *about)
        document = explorer_page(self._templates, catalog, *about, self._origin(request))
        return self._reply(request, document)

    def models_file(self, request: Request) -> Response:
        """Answer `/models.csv`: what `/` shows for the same query, all pages of it."""
        overview = self._overview(self._catalog.current())
        return self._reply(request, models_file(selected(overview.rows, _query(request))))

    def compare(self, request: Request) -> Response:
        """Answer `/compare`."""
        catalog, origin = self._catalog.current(), self._origin(request)
        comparison = _comparison(request, catalog)
        return self._reply(request, compare_page(self._templates, catalog, comparison, origin))

    def author(self, request: Request, catalog: Catalog, address: str) -> Response | None:
        """Answer the page of an author, None where the address means none."""
        meant = author_meant(catalog.entries, address)
        if isinstance(meant, Unknown):
            return None
        if isinstance(meant, Moved):
            return self._reply(request, redirection(path_of(meant.id), self._origin(request)))
        return self._page(request, catalog, author_page, self._overview(catalog), meant.id)

    def face(self, request: Request, catalog: Catalog, page: str) -> Face | Moved | Unknown:
        """Return what the card beside a page of one segment, or of none, shows."""
        if page == "compare":
            return face_of_comparison(catalog, _comparison(request, catalog))
        overview = self._overview(catalog)
        if page == "":
            return face_of_explorer(overview, _query(request))
        meant = author_meant(catalog.entries, page)
        return face_of_author(overview, meant.id) if isinstance(meant, Found) else meant

    def _overview(self, catalog: Catalog) -> Overview:
        return overview_kept(self._rendered, catalog)


def _query(request: Request) -> Query:
    return query_of(request.query_params.multi_items())


def _comparison(request: Request, catalog: Catalog) -> Comparison:
    return comparison_of(request.query_params.multi_items(), catalog)
