"""What moderators decide about letters that several people sent. Texts and entries are `discussions.actions`'s."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.discussions.actions import confirm_letter, divide_letter, tell_apart
from apps.discussions.models import Contribution, LetterCluster
from apps.moderation.actions.publishing import Read


@transaction.atomic
def settle_letter(
    *, shown: Read, same: Sequence[Read], others: Sequence[Contribution], by: User, at: datetime
) -> LetterCluster | None:
    """Let texts that were read count as the same letter as the one shown, and others as none; return the letter.

    Raises NotAllowed, and what `discussions.actions.confirm_letter` raises: then nothing is settled.
    """
    texts = [shown[0], *(text for text, _version in same)]
    require("moderation.settle_letter", by, [*texts, *others])
    cluster = confirm_letter(shown=shown, others=same, by=as_moderator(by), at=at) if same else None
    tell_apart(texts=others, apart_from=shown[0], at=at)
    return cluster


@transaction.atomic
def split_letter(*, cluster: LetterCluster, texts: Sequence[Contribution], by: User, at: datetime) -> bool:
    """Let these texts count as letters of their own again; answer False where none was of it. Raises NotAllowed."""
    require("moderation.settle_letter", by, texts)
    return divide_letter(cluster=cluster, texts=texts, by=as_moderator(by), at=at)
