"""Saying that the reasons for a decision are in the post."""

from datetime import datetime

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator, as_official, is_moderator
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.moderation.enums import STATEMENT_POSTED
from apps.moderation.models import StatementOfReasons, StatementPosting


@transaction.atomic
def post_statement(*, statement: StatementOfReasons, by: User, at: datetime) -> bool:
    """Say that the letter with the reasons is posted; answer False when somebody said so before. Raises NotAllowed."""
    require("moderation.post_statements", by)
    try:
        with transaction.atomic():
            StatementPosting.objects.create(statement=statement, posted_by=by, posted_at=at)
    except IntegrityError:
        return False
    contribution = statement.text
    record(
        STATEMENT_POSTED,
        subject=contribution,
        by=as_moderator(by) if is_moderator(by) else as_official(by),
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
    )
    return True
