"""Which face each page of the site has."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handler.domain.addresses import Found, Moved, Unknown
from handler.domain.catalog import Catalog
from handler.domain.comparison import Comparison, comparison_of
from handler.domain.profile import Profile
from handler.domain.provenance import ARENA, USAGE
from handler.domain.query import NEWEST_FIRST, Query, query_of
from handler.domain.query_words import phrase
from handler.domain.selection import Overview, author_meant, selected
from handler.domain.text import fit
from handler.web.cards.face import Face
from handler.web.cards.model_face import compare_face, model_face
from handler.web.cards.site_faces import author_face, explorer_face, methodology_face
from handler.web.words import capitalised, from_unix


def face_at(
    catalog: Catalog, overview: Callable[[], Overview], page: str, pairs: Sequence[tuple[str, str]]
) -> Face | Moved | Unknown:
    """Return the face of a page, or what its address means instead.

    `page` is a path without slashes around it, `pairs` are those of its query. The overview is
    made for those alone that are about many models.
    """
    if page == "":
        return face_of_explorer(overview(), query_of(pairs))
    if page == "methodology":
        return face_of_methodology(catalog)
    if page == "compare":
        return face_of_comparison(catalog, comparison_of(pairs, catalog))
    author = author_meant(overview(), page) if "/" not in page else None
    if author:
        return author if isinstance(author, Moved) else face_of_author(overview(), author.id)
    meant = catalog.resolve(page)
    return face_of_model(catalog.profile(meant.id)) if isinstance(meant, Found) else meant


def face_of_model(profile: Profile) -> Face:
    """Return the face of a model's page. What changes by the hour is no part of it."""
    model, standing = profile.model, profile.standing
    return model_face(
        model,
        arena_rank=(standing.rank, standing.of) if standing else None,
        released=from_unix(model.created).date() if model.created else None,
        is_withdrawn=profile.withdrawn is not None,
    )


def face_of_explorer(overview: Overview, query: Query) -> Face:
    """Return the face of the explorer: what its filters mean and how many they left.

    The order and the page are not shown.
    """
    rows = selected(overview.rows, query)
    asked = replace(query, sort=NEWEST_FIRST, page=1)
    words = phrase(asked, overview.names)
    return explorer_face(
        listed=len(rows),
        authors=len({row.author for row in rows}),
        free=sum(row.is_free for row in rows),
        filters="" if asked == Query() else fit(capitalised(words), 90, 300),
    )


def face_of_author(overview: Overview, author: str) -> Face:
    """Return the face of an author that the catalog has."""
    listed = [row for row in overview.listed() if row.author == author]
    prices = [row.input_price for row in listed if row.input_price]
    return author_face(
        author,
        overview.names.authors[author.lower()],
        len(listed),
        lowest_input=min(prices, default=None),
        longest_context=max((row.context or 0 for row in listed), default=None) or None,
        newest=max(listed, key=lambda row: row.created or 0).title if listed else "",
    )


def face_of_comparison(catalog: Catalog, comparison: Comparison) -> Face:
    """Return the face of models side by side, or of an invitation to choose some."""
    if len(comparison.ids) < 2:
        title = "Models side by side"
        return Face(
            title=title, plain_title=title, kicker="Compare", footnote="Two to five at once"
        )
    return compare_face([catalog.profile(model_id).model for model_id in comparison.ids])


def face_of_methodology(catalog: Catalog) -> Face:
    """Return the face of the page about the data."""
    return methodology_face(
        ranks="Arena" if ARENA in catalog.sources else "",
        usage="OpenRouter" if USAGE in catalog.sources else "",
    )
