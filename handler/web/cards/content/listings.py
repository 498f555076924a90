"""Which face each page about many models has."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.comparison import Comparison
from handler.domain.search.describe import phrase
from handler.domain.search.listing import Overview, selected
from handler.domain.search.query import NEWEST_FIRST, Query
from handler.domain.text import fit
from handler.web.cards.content.card_content import Face
from handler.web.cards.content.model import compare_face
from handler.web.cards.content.pages import face_of_model
from handler.web.cards.content.site import author_face, explorer_face
from handler.web.formatting import capitalised

NO_MODEL = "No model on OpenRouter is like that"
"""What an empty view says of itself: a query that no model bears out puts no words on a card."""


def face_of_explorer(overview: Overview, query: Query) -> Face:
    """Return the face of the explorer: what its filters mean and how many they left.

    The order and the page are not shown.
    """
    rows = selected(overview.rows, query)
    asked = replace(query, sort=NEWEST_FIRST, page=1)
    words = phrase(asked, overview.names) if rows else NO_MODEL
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
    """Return the face of models side by side, of one alone, or of an invitation to choose some."""
    if len(comparison.ids) == 1:
        return face_of_model(catalog.profile(comparison.ids[0]))
    if not comparison.ids:
        title = "Models side by side"
        return Face(
            title=title, plain_title=title, kicker="Compare", footnote="Two to five at once"
        )
    return compare_face([catalog.profile(model_id).model for model_id in comparison.ids])
