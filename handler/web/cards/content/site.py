"""The cards of the pages about the site: methodology, API and changes."""

from collections.abc import Mapping

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_history import CONTEXT, LISTED, PRICE
from handler.domain.catalog.provenance import ARENA, USAGE
from handler.web.cards.content.card_content import CardContent, Stat


def card_for_methodology(catalog: Catalog) -> CardContent:
    """Return the card of the methodology page, which names the sources that the catalog has."""
    ranks = "Arena" if ARENA in catalog.sources else ""
    usage = "OpenRouter" if USAGE in catalog.sources else ""
    return methodology_card(ranks, usage)


def methodology_card(ranks: str = "", usage: str = "") -> CardContent:
    """Return the card of the methodology page, given the sources of ranks and usage."""
    title = "Where the numbers come from"
    sources = {"Prices": "OpenRouter", "Ranks": ranks, "Usage": usage}
    return CardContent(
        title=title,
        plain_title=title,
        kicker="Methodology",
        stats=tuple(Stat(label, source) for label, source in sources.items() if source),
        footnote="What each price means, and what it does not",
    )


def card_for_api(catalog: Catalog) -> CardContent:
    """Return the card of the API's page, with the number of listed models."""
    title = "Every model as JSON"
    return CardContent(
        title=title,
        plain_title=title,
        kicker="API",
        stats=(
            count_stat("Model", catalog.listed_count),
            Stat("Key", "none"),
            Stat("Origins", "any"),
        ),
        footnote="Prices, limits, providers and what changed",
    )


def card_for_changes(title: str, counts: Mapping[str, int]) -> CardContent:
    """Return the card of a view of the changes, with the number of changes by kind."""
    labels = {PRICE: "Prices", LISTED: "Added, removed", CONTEXT: "Context"}
    return CardContent(
        title=title,
        plain_title="Changes",
        kicker="Changes",
        stats=tuple(Stat(label, f"{counts.get(kind, 0):,}") for kind, label in labels.items()),
        footnote="Every change of OpenRouter’s model list, by day",
    )


def count_stat(noun: str, number: int) -> Stat:
    """Return a number under its noun, in the plural unless it is 1."""
    return Stat(noun if number == 1 else f"{noun}s", f"{number:,}")
