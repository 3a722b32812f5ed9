"""Legal holds with what they are on: people of one app, contributions of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.enums import HeldSubject
from apps.accounts.models import Hold, User
from apps.accounts.queries import people_by_ids
from apps.common.calendar import local
from apps.discussions.models import Contribution
from apps.discussions.queries.places import places_of


@dataclass(frozen=True)
class HeldThing:
    """A hold, and the person or the place of the contribution that it is on."""

    hold: Hold
    person: User | None
    contribution: Contribution | None
    is_overdue: bool


def held_things(holds: Sequence[Hold], *, at: datetime) -> list[HeldThing]:
    """Return holds with what they are on, in their order: two queries, however many there are. No text is read."""
    today = local(at).date()
    people = people_by_ids([hold.held_id for hold in holds if hold.held == HeldSubject.PERSON])
    places = places_of([hold.held_id for hold in holds if hold.held == HeldSubject.CONTRIBUTION])
    return [
        HeldThing(
            hold=hold,
            person=people.get(hold.held_id) if hold.held == HeldSubject.PERSON else None,
            contribution=places.get(hold.held_id) if hold.held == HeldSubject.CONTRIBUTION else None,
            is_overdue=hold.review_on < today,
        )
        for hold in holds
    ]
