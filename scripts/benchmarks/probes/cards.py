"""Draws cards as the render function does: a face as JSON on each line of the input.

The line that answers has what it took: milliseconds, and bytes of PNG.
"""

import json
import sys
from time import perf_counter

from handler.web.cards.content.card_content import Face, Figure
from handler.web.cards.render import draw


def face_of(stored):
    """Return the face of a model of its JSON."""
    figures = tuple(Figure(**figure) for figure in stored["figures"])
    return Face(**{**stored, "figures": figures, "rows": (), "columns": ()})


if __name__ == "__main__":
    for line in sys.stdin:
        face = face_of(json.loads(line))
        started = perf_counter()
        card = draw(face)
        print(json.dumps([(perf_counter() - started) * 1000, len(card)]), flush=True)
