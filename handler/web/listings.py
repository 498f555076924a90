"""The pages about many models: the explorer, an author's models, models side by side."""

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import (
    ExactMatch,
    ModelMoved,
    ModelNotFound,
    resolve_author,
)
from handler.domain.search.comparison import Comparison, parse_comparison
from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.query import ModelQuery, parse_query
from handler.web.answering import Answering
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.listings import (
    card_for_author,
    card_for_comparison,
    card_for_explorer,
)
from handler.web.errors import permanent_redirect
from handler.web.overviews import cached_listing
from handler.web.pages.author import author_page
from handler.web.pages.compare.page import compare_page
from handler.web.pages.explorer.csv_export import export_csv
from handler.web.pages.explorer.page import explorer_page
from handler.web.urls import model_path


class Listings(Answering):
    """Answers the pages about many models, and says what their cards show."""

    def explorer(self, request: Request) -> Response:
        """Answer `/`: every model, or those that the query means."""
        catalog, query = self._catalog.get(), _query(request)
        about = (self._overview(catalog), query)
        if query == ModelQuery():
            return self._page(request, catalog, explorer_page, *about)
        document = explorer_page(self._templates, catalog, *about, self._site_url_of(request))
        return self._reply(request, document)

    def export_csv(self, request: Request) -> Response:
        """Answer `/models.csv`: what `/` shows for the same query, all pages of it."""
        overview = self._overview(self._catalog.get())
        return self._reply(request, export_csv(filter_models(overview.rows, _query(request))))

    def compare(self, request: Request) -> Response:
        """Answer `/compare`."""
        catalog, site_url = self._catalog.get(), self._site_url_of(request)
        comparison = _comparison(request, catalog)
        return self._reply(request, compare_page(self._templates, catalog, comparison, site_url))

    def author(self, request: Request, catalog: Catalog, address: str) -> Response | None:
        """Answer the page of an author, None where the address means none."""
        meant = resolve_author(catalog.entries, address)
        if isinstance(meant, ModelNotFound):
            return None
        if isinstance(meant, ModelMoved):
            return self._reply(
                request, permanent_redirect(model_path(meant.id), self._site_url_of(request))
            )
        return self._page(request, catalog, author_page, self._overview(catalog), meant.id)

    def face(
        self, request: Request, catalog: Catalog, page: str
    ) -> CardContent | ModelMoved | ModelNotFound:
        """Return what the card beside a page of one segment, or of none, shows."""
        if page == "compare":
            return card_for_comparison(catalog, _comparison(request, catalog))
        overview = self._overview(catalog)
        if page == "":
            return card_for_explorer(overview, _query(request))
        meant = resolve_author(catalog.entries, page)
        return card_for_author(overview, meant.id) if isinstance(meant, ExactMatch) else meant

    def _overview(self, catalog: Catalog) -> ModelListing:
        return cached_listing(self._rendered, catalog)


def _query(request: Request) -> ModelQuery:
    return parse_query(request.query_params.multi_items())


def _comparison(request: Request, catalog: Catalog) -> Comparison:
    return parse_comparison(request.query_params.multi_items(), catalog)
