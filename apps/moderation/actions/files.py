"""What moderators decide about single files. Rows and entries are `discussions.actions`'s."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.discussions.actions import hold_file, release_file
from apps.discussions.models import Attachment
from apps.municipality.models import RefusalReason


@transaction.atomic
def hold_back_file(*, attachment: Attachment, reason: RefusalReason, sentence: str, by: User, at: datetime) -> bool:
    """Keep one file from the public while its text stands; answer False when it was held back already.

    Raises NotAllowed, and FileGone for what was left out or removed.
    """
    require("moderation.decide_contribution", by, attachment.contribution)
    return hold_file(attachment=attachment, reason=reason, sentence=sentence, by=as_moderator(by), at=at)


@transaction.atomic
def show_file(*, attachment: Attachment, by: User, at: datetime) -> bool:
    """Let whoever reads the text open the file again; answer False when it was not held back. Raises as above."""
    require("moderation.decide_contribution", by, attachment.contribution)
    return release_file(attachment=attachment, by=as_moderator(by), at=at)
