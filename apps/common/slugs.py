"""Addresses made of Danish titles."""

from django.utils.text import slugify

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def danish_slug(title: str, *, limit: int = 60) -> str:
    """Return the title as a part of an address: `Vindmøller ved Å` becomes `vindmoeller-ved-aa`."""
    return slugify(title.translate(_DANISH))[:limit].strip("-")
