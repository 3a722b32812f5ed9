"""Who may read, write, change and answer contributions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation, Phase
from apps.consultations.rules import why_not_of_those_who_write, why_not_open
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution

LONGEST_TEXT = 10_000


@permission("discussions.read_contribution")
def why_not_read(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Read the text: everyone when published, else its author, and moderators unless its author took it back.

    Pair: `queries.visible_contributions`.
    """
    is_withdrawn = contribution.status == ContributionStatus.WITHDRAWN
    if contribution.is_published or (is_moderator(viewer) and not is_withdrawn):
        return None
    if is_person(viewer) and contribution.author_id == viewer.pk:
        return None
    return _("This text is not public.")


@permission("discussions.submit_contribution")
def why_not_submit(
    viewer: Any, consultation: Consultation, *, phases: Sequence[Phase], is_resident: bool, at: datetime
) -> Sentence | None:
    """Write: the consultation is open, and the viewer belongs to those who write there."""
    return why_not_open(consultation, phases, at=at) or why_not_of_those_who_write(
        viewer, consultation, is_resident=is_resident
    )


@permission("discussions.withdraw_contribution")
def why_not_withdraw(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Withdraw: the author, while it waits."""
    if not is_person(viewer) or contribution.author_id != viewer.pk:
        return _("Only its author can change a contribution.")
    if not contribution.is_waiting:
        return _("A moderator has decided, so the contribution can no longer be changed here. You can write a new one.")
    return None


@permission("discussions.revise_contribution")
def why_not_revise(
    viewer: Any, contribution: Contribution, *, phases: Sequence[Phase], at: datetime
) -> Sentence | None:
    """Change the text: the author, while it waits and writing is open."""
    return why_not_withdraw(viewer, contribution) or why_not_open(contribution.consultation, phases, at=at)


@permission("discussions.answer_contribution")
def why_not_answer(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Answer for the municipality: officials, what people wrote and everyone can read."""
    if not is_official(viewer):
        return _("Only officials answer for the municipality.")
    if not contribution.is_published or not contribution.consultation.is_published:
        return _("This contribution is not published, so it cannot be answered yet.")
    if contribution.is_answer:
        return _("This is the municipality's own answer. Open what it answers, and answer that again.")
    return None
