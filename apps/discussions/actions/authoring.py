"""What authors do with their own texts: change them while they wait, and take them back."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.permissions import require
from apps.common.richtext import to_html
from apps.consultations.actions import adjust_counts
from apps.consultations.queries import phases_of
from apps.discussions.actions.drafting import SALT_BYTES, fit_text, text_fingerprint
from apps.discussions.enums import CONTRIBUTION_REVISED, CONTRIBUTION_WITHDRAWN, ContributionKind, ContributionStatus
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import Contribution, PastText
from apps.ledger.actions import record


@transaction.atomic
def revise_contribution(
    *, contribution: Contribution, kind: ContributionKind, body: str, by: User, at: datetime
) -> bool:
    """Replace the text of a waiting contribution, keeping its number; answer False when nothing differs.

    The former text is kept beside it. Raises NotAllowed, UnfitText, and AlreadyDecided when a moderator was first.
    """
    require("discussions.revise_contribution", by, contribution, phases=phases_of(contribution.consultation), at=at)
    text = fit_text(body)
    if (text, kind) == (contribution.body, contribution.kind):
        return False
    former = PastText(
        contribution=contribution,
        version=contribution.version,
        body=contribution.body,
        salt=contribution.salt,
        replaced_at=at,
    )
    changed = Contribution.stored.filter(
        pk=contribution.pk, status=ContributionStatus.WAITING, version=contribution.version
    ).update(
        body=text, body_html=to_html(text), kind=kind, salt=secrets.token_bytes(SALT_BYTES), version=F("version") + 1
    )
    if not changed:
        raise AlreadyDecided
    former.save(force_insert=True)
    contribution.refresh_from_db()
    record(
        CONTRIBUTION_REVISED,
        subject=contribution,
        by=as_citizen(by),
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
        facts={"version": contribution.version, "fingerprint": text_fingerprint(contribution)},
    )
    return True


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Take a contribution back, waiting or published: its number stays with a note, its text is shown to nobody else.

    The text stays sealed in the row as part of the record; answers and replies stand. Raises NotAllowed for anyone but
    the author, and AlreadyDecided when a moderator was first.
    """
    if contribution.author_id == by.pk and contribution.status == ContributionStatus.WITHDRAWN:
        return False
    require("discussions.withdraw_contribution", by, contribution)
    was_public, as_read = contribution.is_published, Contribution.stored.filter(status=contribution.status)
    if not as_read.filter(pk=contribution.pk).update(status=ContributionStatus.WITHDRAWN, decided_at=at):
        raise AlreadyDecided
    contribution.refresh_from_db()
    if was_public:
        adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=-1)
    record(
        CONTRIBUTION_WITHDRAWN,
        subject=contribution,
        by=as_citizen(by),
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
    )
    return True
