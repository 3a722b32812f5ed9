"""Closing appeals: entries of what came of them, those about what is gone, and forgetting what they say."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.discussions.models import NO_SCAN, Contribution
from apps.ledger.actions import Draft, Fact, record_many
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.moderation.actions.claiming import let_go
from apps.moderation.enums import APPEAL_LAPSED, AppealOutcome
from apps.moderation.errors import AlreadySettled
from apps.moderation.models import Appeal, AppealLetter
from apps.moderation.queries import appeals_beside, moot_appeals
from apps.moderation.rules import is_moot


@transaction.atomic
def close_appeal(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Close an appeal about a text that is gone: nothing is left to decide, and nobody decided.

    Raises NotAllowed as deciding does, AlreadySettled also where something is left to decide.
    """
    require("moderation.decide_appeal", by, appeal)
    if not is_moot(appeal):
        raise AlreadySettled
    for row in appeals_beside(appeal):
        close_row(appeal=row, kind=APPEAL_LAPSED, by=as_moderator(by), at=at, outcome=AppealOutcome.LAPSED)
    let_go(contribution=appeal.contribution)
    appeal.refresh_from_db()
    return appeal


@transaction.atomic
def close_moot_appeals(*, by: Actor, at: datetime, about: Contribution | None = None) -> int:
    """Close the open appeals about texts that are taken back or erased, or about that one. Return how many."""
    rows = moot_appeals() if about is None else moot_appeals().filter(contribution=about)
    return _lapse(list(rows), by, at)


def _lapse(appeals: Sequence[Appeal], by: Actor, at: datetime) -> int:
    for row in appeals:
        close_row(appeal=row, kind=APPEAL_LAPSED, by=by, at=at, outcome=AppealOutcome.LAPSED)
    return len(appeals)


@transaction.atomic
def close_row(*, appeal: Appeal, kind: Kind, by: Actor, at: datetime, **decided: Any) -> None:
    """Close an appeal that is open still, and record that; raises AlreadySettled."""
    open_still = Appeal.objects.filter(pk=appeal.pk, decided_at=None)
    if not open_still.update(decided_at=at, **decided):
        raise AlreadySettled
    record_many([appeal_entry(kind, appeal, by, at)])


def appeal_entry(kind: Kind, appeal: Appeal, actor: Actor, at: datetime, **facts: Fact) -> Draft:
    """An author's appeal is told with its number; a reporter's is not, or everyone would see what was reported."""
    if appeal.report_id is not None:
        return Draft(kind=kind, subject=appeal, by=actor, at=at)
    text = appeal.contribution
    return Draft(
        kind=kind, subject=appeal, by=actor, at=at, consultation_id=text.consultation_id, topic_id=text.topic_id,
        number=text.number, facts=facts,
    )  # fmt: skip


@transaction.atomic
def forget_appeals_of(*, person: User, by: Actor, at: datetime) -> int:
    """Keep no longer what the person wrote in appeals; that they appealed stays. Return how many.

    One that nobody has decided is closed: without its words there is nothing to judge.
    """
    of_author = Appeal.objects.filter(contribution__author=person, decision__isnull=False)
    theirs = of_author | Appeal.objects.filter(report__reporter=person)
    _lapse(list(theirs.filter(decided_at=None).select_related("contribution").order_by("pk")), by, at)
    return empty_appeals(list(theirs.values_list("pk", flat=True)))


def empty_appeals(pks: list[int]) -> int:
    """Empty what appeals say, and delete the scans of those that came by letter. Return how many."""
    for letter in AppealLetter.objects.filter(appeal__in=pks).exclude(scan=""):
        # When the row no longer names it for certain.
        transaction.on_commit(partial(letter.scan.storage.delete, letter.scan.name))
    AppealLetter.objects.filter(appeal__in=pks).exclude(scan="").update(**NO_SCAN)
    return Appeal.objects.filter(pk__in=pks).exclude(text="").update(text="")
