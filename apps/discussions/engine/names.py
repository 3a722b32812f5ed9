"""What of a name is shown. These labels stand in for names, so they are Danish in every language, as names are."""

import re

_PARTS = re.compile(r"[.\-]")


def first_name(name: str) -> str:
    """Return the given name that somebody goes by: the first that is more than an initial.

    A name in one word is that name; where only initials stand before the family name, so does the result.
    """
    last, comma, given = name.partition(",")
    words = f"{given} {last}".split() if comma and given.strip() else name.split()
    before_the_last = words[:-1] or words
    spelled = (word for word in before_the_last if not _is_initial(word))
    return next(spelled, before_the_last[0] if before_the_last else "")


def first_name_and_district(name: str, district: str) -> str:
    """Return what is shown of a name where only first name and district are; done twice, it changes nothing more."""
    return ", ".join(filter(None, (first_name(name.removesuffix(f", {district}")), district)))


def _is_initial(word: str) -> bool:
    return all(len(part) <= 1 for part in _PARTS.split(word))


def somebody_of(municipality: str) -> str:
    """Return what stands in the place of a protected name (CPR-loven § 28)."""
    return f"Borger i {municipality}"
