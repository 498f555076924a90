"""What stands beside the pages of models and authors: feeds, badges, plain words, how they unfurl.

An address that means a model or an author in another way leads to its own by one 308.
"""

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import (
    ExactMatch,
    ModelMoved,
    ModelNotFound,
    resolve_author,
)
from handler.web.answering import Answering
from handler.web.errors import permanent_redirect
from handler.web.files.atom_feed import (
    KINDS,
    FeedScope,
    build_feed,
    render_feed,
    scope_all,
    scope_author,
    scope_model,
)
from handler.web.files.badge import BADGE_KINDS, render_badge
from handler.web.http.response import CacheableResponse
from handler.web.pages.model.markdown import model_markdown
from handler.web.urls import Representation, RepresentationPath, model_path

# The one parameter that each reads. A value that it does not know is not there: answers say what
# they show.
PARAMETERS = {Representation.FEED: ("kind", KINDS), Representation.BADGE: ("show", BADGE_KINDS)}


class BesidePages(Answering):
    """Answers everything beside a page that is not its card."""

    def answer(
        self, request: Request, catalog: Catalog, asked: RepresentationPath
    ) -> Response | None:
        """Return the answer, None where there is no such page for anything to stand beside."""
        meant = _meant(catalog, asked)
        if isinstance(meant, ModelNotFound):
            return None
        choice = _choice(request, asked.what)
        if isinstance(meant, ModelMoved):
            path = asked.what.url_for(model_path(meant.id)) + _query(asked.what, choice)
            return self._reply(request, permanent_redirect(path, self._site_url_of(request)))
        key = (asked.what.name, meant.id, choice, self._site_url_of(request))
        document = self._rendered.get_or_render(catalog, key, lambda: self._made(catalog, *key))
        return self._reply(request, document)

    def _made(
        self, catalog: Catalog, what: str, page: str, choice: str, site_url: str
    ) -> CacheableResponse:
        if what == Representation.BADGE.name:
            return render_badge(self._templates, catalog.profile(page), choice)
        if what == Representation.MARKDOWN.name:
            return model_markdown(catalog, page, site_url)
        if what == Representation.PREVIEW.name:
            from handler.web.pages.inspector.page import inspector_page  # noqa: PLC0415 - reads crawlers

            return inspector_page(self._templates, catalog, page, site_url)
        chronicle = self._chronicle(catalog)
        feed = build_feed(catalog, chronicle, _subject(catalog, page), choice, site_url)
        return render_feed(self._templates, feed, site_url)


def _meant(catalog: Catalog, asked: RepresentationPath) -> ExactMatch | ModelMoved | ModelNotFound:
    """Return whose page was meant: the id of a model, the name of an author, or "" for all."""
    if "/" in asked.page:
        return catalog.resolve(asked.page)
    if asked.what is not Representation.FEED:
        return ModelNotFound(())
    return resolve_author(catalog.entries, asked.page) if asked.page else ExactMatch("")


def _choice(request: Request, what: Representation) -> str:
    name, known = PARAMETERS.get(what, ("", ()))
    value = request.query_params.get(name, "")
    return value if value in known else ""


def _query(what: Representation, choice: str) -> str:
    return f"?{PARAMETERS[what][0]}={choice}" if choice else ""


def _subject(catalog: Catalog, page: str) -> FeedScope:
    if not page:
        return scope_all()
    return scope_model(catalog.profile(page)) if "/" in page else scope_author(page)
