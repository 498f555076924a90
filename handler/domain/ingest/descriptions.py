"""The choice between two descriptions of a model. Upstream's list truncates most of them.

Since 2026-04 the list ends them in "..." after a sentence or two. A full description from an
earlier list is kept for as long as the new one is only its beginning.
"""

_ELLIPSES = ("...", "…")


def prefer_untruncated(older: str | None, newer: str | None) -> str | None:
    """Return the newer description, unless it is only the beginning of the older one."""
    if older and newer and _is_truncated_from(older, newer):
        return older
    return newer or older


def _is_truncated_from(full: str, short: str) -> bool:
    if not short.rstrip().endswith(_ELLIPSES):
        return False
    return _letters(full).startswith(_letters(short)) and len(short) <= len(full)


def _letters(text: str) -> str:
    """Return the letters and digits alone: spaces, quotes and Markdown differ where text is cut."""
    return "".join(filter(str.isalnum, text))
