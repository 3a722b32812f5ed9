"""Which contributions there are, by number and place alone: for pages of people who may not read their texts."""

from collections.abc import Collection

from django.db.models.functions import Coalesce

from apps.discussions.models import Contribution


def places_of(ids: Collection[int]) -> dict[int, Contribution]:
    """Return contributions by their ids with number and consultation, and nothing else of them read."""
    rows = Contribution.stored.select_related("consultation")
    return rows.only("number", "consultation__slug", "consultation__title").in_bulk(list(ids))


def contribution_id(slug: str, number: int) -> int | None:
    """Return the id of the text received under that number in the consultation at that address, or None.

    One that was moved to another consultation is meant by its former number as well.
    """
    found = Contribution.stored.filter(consultation__slug=slug, number=number)
    return found.values_list(Coalesce("moved_to", "pk"), flat=True).first()
