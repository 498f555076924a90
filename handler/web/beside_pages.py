"""What stands beside the pages of models and authors: feeds, badges, plain words, how they unfurl.

An address that means a model or an author in another way leads to its own by one 308.
"""

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.authors import author_meant
from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Found, Moved, Unknown
from handler.web.answering import Answering
from handler.web.files.atom_feed import (
    KINDS,
    Subject,
    feed_document,
    feed_of,
    subject_of_all,
    subject_of_author,
    subject_of_model,
)
from handler.web.files.badge import SHOWN, badge_document
from handler.web.formatting import path_of
from handler.web.http.response import Document
from handler.web.pages.methodology import redirection
from handler.web.pages.model.markdown import markdown_document
from handler.web.urls import Beside, What

# The one parameter that each reads. A value that it does not know is not there: answers say what
# they show.
PARAMETERS = {What.FEED: ("kind", KINDS), What.BADGE: ("show", SHOWN)}


class BesidePages(Answering):
    """Answers everything beside a page that is not its card."""

    def answer(self, request: Request, catalog: Catalog, asked: Beside) -> Response | None:
        """Return the answer, None where there is no such page for anything to stand beside."""
        meant = _meant(catalog, asked)
        if isinstance(meant, Unknown):
            return None
        choice = _choice(request, asked.what)
        if isinstance(meant, Moved):
            path = asked.what.path_beside(path_of(meant.id)) + _query(asked.what, choice)
            return self._reply(request, redirection(path, self._origin(request)))
        key = (asked.what.name, meant.id, choice, self._origin(request))
        document = self._rendered.get(catalog, key, lambda: self._made(catalog, *key))
        return self._reply(request, document)

    def _made(self, catalog: Catalog, what: str, page: str, choice: str, origin: str) -> Document:
        if what == What.BADGE.name:
            return badge_document(self._templates, catalog.profile(page), choice)
        if what == What.MARKDOWN.name:
            return markdown_document(catalog, page, origin)
        if what == What.PREVIEW.name:
            from handler.web.pages.inspector.page import inspector_page  # noqa: PLC0415 - reads crawlers

            return inspector_page(self._templates, catalog, page, origin)
        chronicle = self._chronicle(catalog)
        feed = feed_of(catalog, chronicle, _subject(catalog, page), choice, origin)
        return feed_document(self._templates, feed, origin)


def _meant(catalog: Catalog, asked: Beside) -> Found | Moved | Unknown:
    """Return whose page was meant: the id of a model, the name of an author, or "" for all."""
    if "/" in asked.page:
        return catalog.resolve(asked.page)
    if asked.what is not What.FEED:
        return Unknown(())
    return author_meant(catalog.entries, asked.page) if asked.page else Found("")


def _choice(request: Request, what: What) -> str:
    name, known = PARAMETERS.get(what, ("", ()))
    value = request.query_params.get(name, "")
    return value if value in known else ""


def _query(what: What, choice: str) -> str:
    return f"?{PARAMETERS[what][0]}={choice}" if choice else ""


def _subject(catalog: Catalog, page: str) -> Subject:
    if not page:
        return subject_of_all()
    return subject_of_model(catalog.profile(page)) if "/" in page else subject_of_author(page)
