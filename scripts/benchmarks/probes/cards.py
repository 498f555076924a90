"""Renders cards as the render function does: the content of a card as JSON on each line of input.

Each line of output has the milliseconds it took, and the bytes of the PNG.
"""

import json
import sys
from time import perf_counter

from handler.web.cards.content.card_content import CardContent, Stat
from handler.web.cards.render import render_card


def content_from_json(fields):
    """Return the content of a model's card."""
    stats = tuple(Stat(**stat) for stat in fields["stats"])
    return CardContent(**{**fields, "stats": stats, "rows": (), "columns": ()})


if __name__ == "__main__":
    for line in sys.stdin:
        content = content_from_json(json.loads(line))
        started = perf_counter()
        card = render_card(content)
        print(json.dumps([(perf_counter() - started) * 1000, len(card)]), flush=True)
