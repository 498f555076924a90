"""Upstream's names of models, taken apart."""

_MAX_VENDOR_CHARACTERS = 40


def split_display_name(name: str, author: str) -> tuple[str, str]:
    """Return "Google" and "Gemini 2.5 Pro" of "Google: Gemini 2.5 Pro".

    A name without a vendor stands alone; the author of the id takes the vendor's place.
    """
    vendor, colon, title = name.partition(": ")
    if colon and title.strip() and len(vendor) <= _MAX_VENDOR_CHARACTERS:
        return vendor, title
    return author, name
