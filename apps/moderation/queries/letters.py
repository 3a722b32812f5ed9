"""Which texts a contribution is much like, for the moderator who reads it."""

from typing import NamedTuple

from apps.discussions.models import Contribution
from apps.discussions.queries import moderated_contributions
from apps.screening.queries import alike

MOST_NAMED = 3


class AlikeText(NamedTuple):
    """Another text that is much like one: how much in a hundred, whether by the same person and in the same topic."""

    pk: int
    number: int
    percent: int
    is_by_same_person: bool
    is_in_topic: bool


def alike_texts(contribution: Contribution) -> list[AlikeText]:
    """Return up to three texts that are much like this one, those of the same person first, then the most alike.

    Found by stored signatures: five queries at most, whatever the consultation holds.
    """
    likeness = {found.subject_id: found.likeness for found in alike(contribution.pk)}
    if not likeness:
        return []
    rows = moderated_contributions().filter(pk__in=likeness).order_by("number")
    named = [
        AlikeText(
            pk=pk,
            number=number,
            percent=round(100 * likeness[pk]),
            is_by_same_person=contribution.author_id is not None and author_id == contribution.author_id,
            is_in_topic=topic_id == contribution.topic_id,
        )
        for pk, number, author_id, topic_id in rows.values_list("pk", "number", "author_id", "topic_id")
    ]
    return sorted(named, key=lambda text: (not text.is_by_same_person, -text.percent, text.number))[:MOST_NAMED]
