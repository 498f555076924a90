"""Which face each page about many models has."""

from dataclasses import replace

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.comparison import Comparison
from handler.domain.search.describe import describe_query
from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.query import NEWEST_FIRST, ModelQuery
from handler.domain.text import truncate
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import comparison_card
from handler.web.cards.content.pages import card_for_profile
from handler.web.cards.content.site import author_card, explorer_card
from handler.web.formatting import capitalize_first

NO_MATCHES = "No model on OpenRouter is like that"
"""What an empty view says of itself: a query that no model bears out puts no words on a card."""


def card_for_explorer(overview: ModelListing, query: ModelQuery) -> CardContent:
    """Return the face of the explorer: what its filters mean and how many they left.

    The order and the page are not shown.
    """
    rows = filter_models(overview.rows, query)
    asked = replace(query, sort=NEWEST_FIRST, page=1)
    words = describe_query(asked, overview.names) if rows else NO_MATCHES
    return explorer_card(
        listed=len(rows),
        authors=len({row.author for row in rows}),
        free=sum(row.is_free for row in rows),
        filters="" if asked == ModelQuery() else truncate(capitalize_first(words), 90, 300),
    )


def card_for_author(overview: ModelListing, author: str) -> CardContent:
    """Return the face of an author that the catalog has."""
    listed = [row for row in overview.listed() if row.author == author]
    prices = [row.input_price for row in listed if row.input_price]
    return author_card(
        author,
        overview.names.authors[author.lower()],
        len(listed),
        lowest_input=min(prices, default=None),
        longest_context=max((row.context or 0 for row in listed), default=None) or None,
        newest=max(listed, key=lambda row: row.created or 0).title if listed else "",
    )


def card_for_comparison(catalog: Catalog, comparison: Comparison) -> CardContent:
    """Return the face of models side by side, of one alone, or of an invitation to choose some."""
    if len(comparison.ids) == 1:
        return card_for_profile(catalog.profile(comparison.ids[0]))
    if not comparison.ids:
        title = "Models side by side"
        return CardContent(
            title=title, plain_title=title, kicker="Compare", footnote="Two to five at once"
        )
    return comparison_card([catalog.profile(model_id).model for model_id in comparison.ids])
