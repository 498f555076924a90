"""What the cards of the pages show that are not about one model."""

from decimal import Decimal

from handler.domain.previews.model_preview import tokens_in_short
from handler.domain.pricing.format import usd
from handler.web.cards.content.card_content import Face, Figure


def author_face(
    author: str,
    name: str,
    listed: int,
    *,
    lowest_input: Decimal | None = None,
    longest_context: int | None = None,
    newest: str = "",
) -> Face:
    """Return the face of an author with so many listed models.

    `lowest_input` is in US dollars per million tokens, `longest_context` in tokens.
    """
    figures = [_count("Model", listed)]
    if lowest_input is not None:
        figures.append(Figure("Input from", usd(lowest_input), "/M"))
    if longest_context:
        figures.append(Figure("Context up to, tokens", tokens_in_short(longest_context)))
    return Face(
        title=name,
        plain_title=author,
        burgee=author,
        kicker="Models by",
        figures=tuple(figures),
        footnote=f"Newest: {newest}" if newest else "",
    )


def explorer_face(listed: int, authors: int, free: int, filters: str = "") -> Face:
    """Return the face of the explorer, for what its filters left, named in words."""
    title = filters or "Every model on OpenRouter"
    return Face(
        title=title,
        plain_title="Explorer",
        kicker="Explorer",
        figures=(_count("Model", listed), _count("Author", authors), Figure("Free", f"{free:,}")),
        footnote="Prices, context and what each takes and gives",
    )


def methodology_face(ranks: str = "", usage: str = "") -> Face:
    """Return the face of the page about the data: from whom there are prices, ranks and usage."""
    title = "Where the numbers come from"
    sources = {"Prices": "OpenRouter", "Ranks": ranks, "Usage": usage}
    return Face(
        title=title,
        plain_title=title,
        kicker="Methodology",
        figures=tuple(Figure(what, source) for what, source in sources.items() if source),
        footnote="What each price means, and what it does not",
    )


def api_face(listed: int) -> Face:
    """Return the face of the page about the JSON API, which has so many listed models."""
    title = "Every model as JSON"
    return Face(
        title=title,
        plain_title=title,
        kicker="API",
        figures=(_count("Model", listed), Figure("Key", "none"), Figure("Origins", "any")),
        footnote="Prices, limits, providers and what changed",
    )


def _count(noun: str, count: int) -> Figure:
    return Figure(noun if count == 1 else f"{noun}s", f"{count:,}")
