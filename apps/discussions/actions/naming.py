"""Taking names away from what was written: names that are protected, and those of deleted accounts."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions.attaching import remove_files_of
from apps.discussions.engine.names import somebody_of
from apps.discussions.enums import AUTHOR_FORGOTTEN, AUTHOR_NAME_HIDDEN
from apps.discussions.models import Contribution
from apps.discussions.queries.names import exposed_people, names_to_hide, written_by
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.municipality.queries import post_of, the_municipality

BATCH = 200


def hide_protected_names(*, at: datetime) -> int:
    """Replace protected names beside what their people wrote before; return beside how many contributions.

    What an organisation wrote keeps the organisation's name. Nothing brings a name back.
    """
    done = 0
    while people := exposed_people(limit=BATCH):
        done += sum(_hide_name_of(person, at) for person in people)
    return done


@transaction.atomic
def _hide_name_of(person: User, at: datetime) -> int:
    rows = list(names_to_hide(person).only("pk", "consultation_id", "kind"))
    place = the_municipality().name
    answers = Contribution.stored.filter(pk__in=[row.pk for row in rows if row.is_answer])
    answers.update(author_name=post_of(person.job_title), author_title=place, author_name_hidden=True)
    texts = Contribution.stored.filter(pk__in=[row.pk for row in rows if not row.is_answer])
    texts.update(author_name=somebody_of(place), author_title="", author_district="", author_name_hidden=True)
    _tell(AUTHOR_NAME_HIDDEN, rows, THE_SYSTEM, at)
    return len(rows)


@transaction.atomic
def forget_author(*, person: User, by: Actor, at: datetime) -> int:
    """Take the person's name, title and district from all they wrote; return from how many contributions.

    The texts stay as part of the record. What still waits keeps waiting, without a name. Files go: a name in a picture
    or a PDF cannot be taken out.
    """
    remove_files_of(person)
    rows = list(written_by(person).exclude(author_name="").only("pk", "consultation_id"))
    written_by(person).update(author_name="", author_title="", author_district="")
    _tell(AUTHOR_FORGOTTEN, rows, by, at)
    return len(rows)


def _tell(kind: Kind, rows: Sequence[Contribution], by: Actor, at: datetime) -> None:
    """Record one entry a consultation, which tells how many and not which: that would tie them to each other."""
    consultations = Consultation.objects.only("pk").in_bulk({row.consultation_id for row in rows})
    for consultation_id, group in groupby(rows, key=lambda row: row.consultation_id):
        record(
            kind,
            subject=consultations[consultation_id],
            by=by,
            at=at,
            consultation_id=consultation_id,
            facts={"count": sum(1 for _row in group)},
        )
