"""A second pair of eyes on a sample of decisions, to learn whether the house rules are read alike."""

from datetime import datetime

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.moderation.enums import DECISION_READ_AGAIN, Verdict
from apps.moderation.errors import ReadAlready
from apps.moderation.models import Decision, SecondReading


def give_second_reading(*, decision: Decision, verdict: Verdict, by: User, at: datetime) -> SecondReading:
    """Keep what a second moderator would have done. Nothing becomes of the text: that is what appeals are for.

    Raises NotAllowed for who decided or wrote it, ReadAlready when a colleague was first.
    """
    require("moderation.read_again", by, decision)
    try:
        return _give(decision, verdict, by, at)
    except IntegrityError:
        raise ReadAlready from None


@transaction.atomic
def _give(decision: Decision, verdict: Verdict, by: User, at: datetime) -> SecondReading:
    reading = SecondReading.objects.create(
        decision=decision, first_reader_id=decision.decided_by_id, reader=by, verdict=verdict, read_at=at
    )
    record(DECISION_READ_AGAIN, subject=decision, by=as_moderator(by), at=at)
    return reading
