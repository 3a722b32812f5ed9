"""What becomes of a suggestion, said by officials step by step."""

import secrets
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.discussions.actions.agreeing import told_sum
from apps.discussions.actions.drafting import SALT_BYTES, entry
from apps.discussions.enums import SUGGESTION_STATUS_SET, SuggestionStatus
from apps.discussions.errors import ReasonNeeded, SameStatus
from apps.discussions.models import Contribution, SuggestionStep
from apps.ledger.actions import fingerprint, record_many


@transaction.atomic
def set_suggestion_status(
    *, contribution: Contribution, status: SuggestionStatus, sentence: str = "", by: User, at: datetime
) -> SuggestionStep:
    """Give a suggestion its next status, with a sentence that everyone reads; its author is told by mail.

    Raises NotAllowed for anyone but officials and for what is no public suggestion, SameStatus when nothing would
    change, ReasonNeeded for “not done” without a reason.
    """
    standing = Contribution.stored.select_for_update().get(pk=contribution.pk)
    require("discussions.set_suggestion_status", by, standing)
    said = one_line(sentence)
    if status == SuggestionStatus.NOT_DONE and not said:
        raise ReasonNeeded
    before = standing.steps.filter(is_current=True).first()
    if status == SuggestionStatus.RECEIVED or (before and (before.status, before.sentence) == (status, said)):
        raise SameStatus
    standing.steps.filter(is_current=True).update(is_current=False)
    step = SuggestionStep.objects.create(
        contribution=standing, status=status, sentence=said, salt=secrets.token_bytes(SALT_BYTES), set_at=at, set_by=by
    )
    told = {"status": str(status), "fingerprint": fingerprint(bytes(step.salt), said)}
    said_now = entry(standing, SUGGESTION_STATUS_SET, as_official(by), at, **told)
    record_many([said_now, told_sum(contribution=standing, by=as_official(by), at=at)])
    return step
