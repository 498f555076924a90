"""The pages that are about no model: methodology, and what went wrong."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Entry
from handler.domain.catalog.provenance import SOURCES
from handler.domain.text import fit, one_line
from handler.web.cards.content.card_content import Face
from handler.web.cards.content.pages import face_of_methodology
from handler.web.cards.url import card_of
from handler.web.formatting import path_of
from handler.web.http.response import PAGE, TEXT, Document
from handler.web.rendering.json_ld import dataset_data, page_data, pictured
from handler.web.rendering.metadata import SITE_NAME, Head
from handler.web.rendering.templates import Templates

_RETRY_SECONDS = 30
_LONGEST_SHOWN = 240


def methodology_page(templates: Templates, catalog: Catalog, origin: str) -> Document:
    """Return the page that says where everything comes from and what it means."""
    head = site_head(
        "Methodology and data sources",
        "Where the models, prices and limits on this site come from, how derived fields are made, "
        "what they mean and what they do not.",
        "/methodology",
        origin,
        face_of_methodology(catalog),
    )
    known = [catalog.sources[name] for name in SOURCES if name in catalog.sources]
    data = dataset_data(head.structured, origin, catalog.as_of, [s.url for s in known])
    head = replace(head, structured=data)
    return templates.page("methodology.html", head, origin, catalog=catalog, sources=known)


def redirection(path: str, origin: str) -> Document:
    """Return the way to a path of this site, as a whole URL: Lemmy follows no other."""
    url = origin + path
    return Document(f"Moved to {url}\n".encode(), TEXT, PAGE, 308, (("location", url),))


def missing_page(
    templates: Templates, address: str, candidates: tuple[Entry, ...], origin: str
) -> Document:
    """Return the 404 of an address, with the models whose names come near it."""
    head = _problem_head("No such model", "No model here has this address.")
    near = [(path_of(entry.id), entry) for entry in candidates]
    shown = fit(one_line(address[:_LONGEST_SHOWN]), _LONGEST_SHOWN // 2, _LONGEST_SHOWN)
    return templates.error("missing.html", head, origin, 404, address=shown, near=near)


def problem_page(templates: Templates, status: int, origin: str) -> Document:
    """Return the page of a status that is our fault, or of a method that we do not answer."""
    title, words = {
        405: ("Only for reading", "This site answers GET and HEAD requests only."),
        500: ("Something broke here", "This page could not be made. Please try again in a minute."),
        503: (
            "The catalog is not here yet",
            f"{SITE_NAME} has not read its catalog so far, so it can show no models. That takes a "
            "minute or two after a first deployment; please try again shortly.",
        ),
    }[status]
    headers = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", str(_RETRY_SECONDS)),)}
    head = _problem_head(title, words)
    return templates.error(
        "problem.html", head, origin, status, headers.get(status, ()), words=words
    )


def site_head(title: str, description: str, path: str, origin: str, face: Face) -> Head:
    """Return the head of a page that is about no one model, with its card."""
    card = card_of(path, face)
    data = pictured(page_data(title, description, origin + path), origin + card.path)
    return Head(title, description, path, structured=data, card=card)


def _problem_head(title: str, description: str) -> Head:
    return Head(title, description, "/", indexed=False, previewed=False)
