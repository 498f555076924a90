"""The digest of everything that draws cards, which the build writes beside this module.

A cold page reads the written digest: it has the hash of a card, and draws none.
"""

from functools import cache
from os.path import dirname

BUILT = "drawing.digest"


@cache
def read_drawing_digest(folder: str = dirname(__file__)) -> str:  # noqa: PTH120 - slow to import
    """Return the digest that the build wrote, computed where nothing was built."""
    try:
        with open(f"{folder}/{BUILT}", encoding="ascii") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        from handler.web.cards.drawing_sources import digest_drawing  # noqa: PLC0415 - reads files

        return digest_drawing()
