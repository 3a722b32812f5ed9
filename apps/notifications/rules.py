"""Who may follow what, and whether what a mail would tell is still so."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation
from apps.discussions.enums import (
    CONTRIBUTION_ERASED,
    CONTRIBUTION_FILE_HELD,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REFUSED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_RETURNED,
    CONTRIBUTION_WITHDRAWN,
    ContributionStatus,
)
from apps.discussions.models import Contribution
from apps.ledger.models import Entry

# Decisions against a text, of which the author is given a statement of reasons.
STATED = (
    CONTRIBUTION_REFUSED.name,
    CONTRIBUTION_RETURNED.name,
    CONTRIBUTION_HIDDEN.name,
    CONTRIBUTION_REDACTED.name,
)
WITH_STATEMENT = (*STATED, CONTRIBUTION_FILE_HELD.name)
STANDS = {
    CONTRIBUTION_PUBLISHED.name: ContributionStatus.PUBLISHED,
    CONTRIBUTION_REFUSED.name: ContributionStatus.REFUSED,
    CONTRIBUTION_RETURNED.name: ContributionStatus.RETURNED,
    CONTRIBUTION_HIDDEN.name: ContributionStatus.HIDDEN,
    CONTRIBUTION_RESTORED.name: ContributionStatus.PUBLISHED,
    CONTRIBUTION_WITHDRAWN.name: ContributionStatus.WITHDRAWN,
    CONTRIBUTION_ERASED.name: ContributionStatus.ERASED,
}


@permission("notifications.follow_consultation")
def why_not_follow(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Everyone with an account may follow what is published; a draft has no followers, not even officials."""
    if not is_person(viewer):
        return _("Log in to follow the hearing.")
    if not consultation.is_published:
        return _("The hearing is not published yet. You can follow it when it is.")
    return None


def stands_as_told(entry: Entry, contribution: Contribution) -> bool:
    """Tell whether a text still stands as the entry says: a later entry tells the rest."""
    return contribution.status == STANDS.get(entry.kind, contribution.status)
