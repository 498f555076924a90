"""Draws cards as the render function does: one line of JSON in for each card content.

The answer is a line of JSON: milliseconds, and bytes of PNG.
"""

import json
import sys
from time import perf_counter

from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.render import render_card


def card_content(stored):
    """Return a model's card content from its JSON."""
    stats = tuple(Stat(**stat) for stat in stored["stats"])
    return CardContent(**{**stored, "stats": stats, "rows": (), "columns": ()})


if __name__ == "__main__":
    for line in sys.stdin:
        content = card_content(json.loads(line))
        started = perf_counter()
        card = render_card(content)
        print(json.dumps([(perf_counter() - started) * 1000, len(card)]), flush=True)
