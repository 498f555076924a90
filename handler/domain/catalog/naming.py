"""Upstream's names of models, taken apart."""

_LONGEST_VENDOR = 40


def vendor_and_title(name: str, author: str) -> tuple[str, str]:
    """Return "Google" and "Gemini 2.5 Pro" of "Google: Gemini 2.5 Pro".

    A name without a vendor stands alone; the author of the id takes the vendor's place.
    """
    vendor, colon, title = name.partition(": ")
    if colon and title.strip() and len(vendor) <= _LONGEST_VENDOR:
        return vendor, title
    return author, name
