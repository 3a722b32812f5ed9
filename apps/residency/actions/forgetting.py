"""Taking a person out of their residencies and letters."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.residency.actions.ending import end
from apps.residency.enums import (
    LETTER_CANCELLED,
    OPEN_LETTERS,
    RESIDENCIES_CLEARED,
    EndReason,
    LetterStatus,
    ResidencyStatus,
)
from apps.residency.models import Letter, Residency
from apps.residency.queries import residencies_to_clear

BATCH = 500


@transaction.atomic
def forget_resident(*, person: User, by: Actor, at: datetime) -> None:
    """End the person's residency and empty what their residencies and letters hold of them.

    The rows of residencies stay with their dates and method, which the record refers to. A letter that was posted stays
    without its person's name and code until its year is over: it counts against the cap of letters to one address,
    which could be evaded otherwise. One that waits to be printed goes.
    """
    for residency in Residency.objects.filter(person=person).exclude(status=ResidencyStatus.ENDED):
        end(residency=residency, reason=EndReason.OWN_WISH, by=by, at=at)
    Residency.objects.filter(person=person).update(
        person_key="",
        key_version=None,
        key_issuer="",
        address_key="",
        name_address_key="",
        district=None,
        assurance_level="",
        age_band="",
        shown_document="",
        end_sentence="",
    )
    for letter in Letter.objects.filter(person=person, status__in=OPEN_LETTERS):
        record(LETTER_CANCELLED, subject=letter, by=by, at=at)
    Letter.objects.filter(person=person, posted_at=None).delete()
    letters = Letter.objects.filter(person=person)
    letters.filter(status__in=OPEN_LETTERS).update(status=LetterStatus.CANCELLED, closed_at=at)
    letters.update(name="", address="", postal_line="", district=None, name_address_key="", code_hash="", sentence="")


def clear_residencies(*, at: datetime, by: Actor = THE_SYSTEM) -> int:
    """Take away the residencies that ended longer ago than one holds, and answer how many; none of a person on hold."""
    done = 0
    while found := _clear_some(at, by):
        done += found
    return done


@transaction.atomic
def _clear_some(at: datetime, by: Actor) -> int:
    old = list(residencies_to_clear(at=at)[:BATCH])
    if old:
        record(RESIDENCIES_CLEARED, subject=old[0], by=by, at=at, facts={"count": len(old)})
        Residency.objects.filter(pk__in=[residency.pk for residency in old]).delete()
    return len(old)
