"""The codes under which the municipality's lists stand in the ledger."""

from django.utils.text import slugify

LONGEST_CODE = 40


def code_of(name: str) -> str:
    """Return the code made of an English name: `Road plan` becomes `road_plan`; empty for one without letters."""
    return slugify(name).replace("-", "_")[:LONGEST_CODE].strip("_")
