"""Finds texts that come faster than people write: within seconds of opening the page, or many from one person."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag

FORM: Final = "form"
AUTHOR: Final = "author"

LEAST_SECONDS: Final = timedelta(seconds=3)
"""Nobody opens the page, reads the question, writes or pastes a text and sends it within this."""

MOST_WITHIN: Final = ((timedelta(minutes=2), 3), (timedelta(hours=1), 10), (timedelta(days=1), 40))
"""How many texts of one person within which span, the new one counted, are still usual."""


def find_speed(
    length: int, *, at: datetime, opened_at: datetime | None = None, sent_before: Iterable[datetime] = ()
) -> list[Finding]:
    """At most one finding about the whole text of that length.

    `opened_at` is when its form was opened, where that is known; `sent_before` when its author sent other texts.
    """
    if opened_at is not None and timedelta() <= at - opened_at < LEAST_SECONDS:
        return [Finding(Flag.SPEED, 0, length, FORM)]
    ages = [at - moment for moment in sent_before if moment <= at]
    if any(1 + sum(age < span for age in ages) > most for span, most in MOST_WITHIN):
        return [Finding(Flag.SPEED, 0, length, AUTHOR)]
    return []
