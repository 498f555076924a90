"""What the cards of the pages show that are not about one model."""

from decimal import Decimal

from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_usd
from handler.web.cards.content.card_content import CardContent, Stat


def author_card(
    author: str,
    name: str,
    listed: int,
    *,
    lowest_input: Decimal | None = None,
    longest_context: int | None = None,
    newest: str = "",
) -> CardContent:
    """Return the face of an author with so many listed models.

    `lowest_input` is in US dollars per million tokens, `longest_context` in tokens.
    """
    figures = [_count("Model", listed)]
    if lowest_input is not None:
        figures.append(Stat("Input from", format_usd(lowest_input), "/M"))
    if longest_context:
        figures.append(Stat("Context up to, tokens", format_token_count(longest_context)))
    return CardContent(
        title=name,
        plain_title=author,
        identicon_seed=author,
        kicker="Models by",
        stats=tuple(figures),
        footnote=f"Newest: {newest}" if newest else "",
    )


def explorer_card(listed: int, authors: int, free: int, filters: str = "") -> CardContent:
    """Return the face of the explorer, for what its filters left, named in words."""
    title = filters or "Every model on OpenRouter"
    return CardContent(
        title=title,
        plain_title="Explorer",
        kicker="Explorer",
        stats=(_count("Model", listed), _count("Author", authors), Stat("Free", f"{free:,}")),
        footnote="Prices, context and what each takes and gives",
    )


def methodology_card(ranks: str = "", usage: str = "") -> CardContent:
    """Return the face of the page about the data: from whom there are prices, ranks and usage."""
    title = "Where the numbers come from"
    sources = {"Prices": "OpenRouter", "Ranks": ranks, "Usage": usage}
    return CardContent(
        title=title,
        plain_title=title,
        kicker="Methodology",
        stats=tuple(Stat(what, source) for what, source in sources.items() if source),
        footnote="What each price means, and what it does not",
    )


def api_card(listed: int) -> CardContent:
    """Return the face of the page about the JSON API, which has so many listed models."""
    title = "Every model as JSON"
    return CardContent(
        title=title,
        plain_title=title,
        kicker="API",
        stats=(_count("Model", listed), Stat("Key", "none"), Stat("Origins", "any")),
        footnote="Prices, limits, providers and what changed",
    )


def _count(noun: str, count: int) -> Stat:
    return Stat(noun if count == 1 else f"{noun}s", f"{count:,}")
