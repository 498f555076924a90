"""Which of two descriptions of a model tells more: upstream's list cuts most of them short.

Since 2026-04 the list ends them in "..." after a sentence or two. One that was seen whole before
is worth keeping for as long as upstream still says the same.
"""

_CUT_ENDS = ("...", "…")


def prefer_untruncated(older: str | None, newer: str | None) -> str | None:
    """Return the newer description, unless it is only the beginning of the older one."""
    if older and newer and _is_cut_of(newer, older):
        return older
    return newer or older


def _is_cut_of(short: str, whole: str) -> bool:
    if not short.rstrip().endswith(_CUT_ENDS):
        return False
    return _letters(whole).startswith(_letters(short)) and len(short) <= len(whole)


def _letters(text: str) -> str:
    """Return what is said, without the spaces, quotes and Markdown that a cut may have changed."""
    return "".join(filter(str.isalnum, text))
