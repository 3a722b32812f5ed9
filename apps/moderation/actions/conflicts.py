"""Who must not decide: whom of the staff a text is about, and who decides where too few moderators are left."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.queries import has_role_now_or_later
from apps.accounts.rules import as_administrator, as_moderator
from apps.common.permissions import require
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.moderation.enums import CONFLICT_NOTED, DEPUTY_ENDED, DEPUTY_NAMED
from apps.moderation.errors import NotOfStaff
from apps.moderation.models import Case, Deputy


@transaction.atomic
def note_conflict(*, contribution: Contribution, person: User | None, by: User, at: datetime) -> bool:
    """Note whom of the staff a text is about: they decide nothing on it, and a claim of theirs ends.

    With nobody the note is taken away. Answer False when it was so before. Raises NotAllowed, also for whoever it is
    about: nobody frees themselves. The entry names neither the text nor the person.
    """
    require("moderation.decide_contribution", by, contribution)
    if person is not None and not has_role_now_or_later(person):
        raise NotOfStaff
    case, _made = Case.objects.get_or_create(contribution=contribution)
    if not Case.objects.filter(pk=case.pk).exclude(about_staff=person).update(about_staff=person):
        return False
    Case.objects.filter(pk=case.pk, claimed_by=person).exclude(claimed_by=None).update(claimed_by=None, claimed_at=None)
    record(CONFLICT_NOTED, subject=case, by=as_moderator(by), at=at)
    return True


@transaction.atomic
def name_deputy(*, person: User, by: User, at: datetime) -> bool:
    """Let that person decide where fewer than two moderators are left; who was it before is it no longer.

    Answer False when they are it already. Raises NotAllowed, NotOfStaff.
    """
    require("moderation.name_deputy", by)
    if not has_role_now_or_later(person):
        raise NotOfStaff
    standing = Deputy.objects.select_for_update().filter(ended_at=None)
    if standing.filter(person=person).exists():
        return False
    standing.update(ended_at=at)
    deputy = Deputy.objects.create(person=person, named_by=by, named_at=at)
    record(DEPUTY_NAMED, subject=deputy, by=as_administrator(by), at=at)
    return True


@transaction.atomic
def end_deputy(*, by: User, at: datetime) -> bool:
    """Let nobody be deputy any more; answer False when nobody was. Raises NotAllowed."""
    require("moderation.name_deputy", by)
    deputy = Deputy.objects.filter(ended_at=None).first()
    if deputy is None or not Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=at):
        return False
    record(DEPUTY_ENDED, subject=deputy, by=as_administrator(by), at=at)
    return True
