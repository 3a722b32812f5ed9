"""Every number that a consultation gave out, and how it stands: for whoever accounts for all of them."""

from datetime import datetime

from apps.discussions.models import Contribution


def numbers_given(consultation_id: int, *, until: datetime) -> list[tuple[int, str, str, datetime]]:
    """Return all numbers that were given out until a moment, each with its kind, its state now, and when it came.

    Without a word of any text, and in order.
    """
    rows = Contribution.stored.filter(consultation_id=consultation_id, received_at__lte=until).order_by("number")
    return list(rows.values_list("number", "kind", "status", "received_at"))
