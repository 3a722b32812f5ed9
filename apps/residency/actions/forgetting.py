"""Taking a person out of their residencies and letters."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.residency.actions.ending import end
from apps.residency.enums import LETTER_CANCELLED, OPEN_LETTERS, EndReason, LetterStatus, ResidencyStatus
from apps.residency.models import Letter, Residency


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
