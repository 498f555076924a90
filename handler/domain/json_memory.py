"""How much memory JSON text takes as Python values, estimated without parsing it.

`{"a":{"a":…` takes 30 times its bytes, and a text of Latin letters with one emoji four times.
"""

import re

# Bytes that were measured on 64 bits, for the worst values: an object of one field, a list of one
# item, and for each comma or colon a text with its place in what holds it.
_COSTS = {b"{": 120, b"[": 90, b",": 60, b":": 60}
# UTF-8 lead bytes of characters past U+FFFF, and past U+00FF.
_FOUR_BYTES = re.compile(b"[\xf0-\xff]")
_TWO_BYTES = re.compile(b"[\xc4-\xef]")


def estimate_memory(text: bytes) -> int:
    """Return the bytes that the values of JSON text take at most, within some percent."""
    values = sum(text.count(mark) * cost for mark, cost in _COSTS.items())
    return values + decoded_bytes(text)


def decoded_bytes(text: bytes) -> int:
    """Return the bytes that UTF-8 text takes as one `str`, at most."""
    if text.isascii():
        return len(text)
    width = 4 if _FOUR_BYTES.search(text) else 2 if _TWO_BYTES.search(text) else 1
    return width * len(text)
