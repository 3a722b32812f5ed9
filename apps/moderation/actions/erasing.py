"""Erasing texts with what moderators noted about them."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.discussions.actions import confirm_erasure, forget_notes_on_pauses
from apps.discussions.models import Contribution, TextErasure
from apps.moderation.actions.closing import close_moot_appeals, empty_appeals
from apps.moderation.actions.reporting import empty_reports
from apps.moderation.models import Appeal, Decision, PauseAppeal, Report
from apps.moderation.queries import appeals_to_clear, reports_to_clear


@transaction.atomic
def erase_text(*, erasure: TextErasure, by: User, at: datetime) -> Contribution:
    """Erase the text that a colleague proposed to erase, and what moderators, reporters and its author wrote about it.

    Raises NotAllowed, ErasureDecided and HeldText as `discussions.actions.confirm_erasure` does.
    """
    contribution = confirm_erasure(erasure=erasure, by=by, at=at)
    Decision.objects.filter(case__contribution=contribution).exclude(internal_facts="").update(internal_facts="")
    forget_notes_on_pauses(contribution=contribution)
    # What is open is still to be judged, and without its words nobody could: they go when it is decided.
    settled = PauseAppeal.objects.filter(pause__contribution=contribution, decided_at__isnull=False)
    settled.exclude(text="").update(text="")
    empty_reports(list(Report.objects.filter(case__contribution=contribution).values_list("pk", flat=True)))
    close_moot_appeals(by=as_moderator(by), at=at, about=contribution)
    empty_appeals(list(Appeal.objects.filter(contribution=contribution).values_list("pk", flat=True)))
    return contribution


def forget_notes_on_cleared() -> int:
    """Empty what moderators noted for each other about texts that are gone for good. Return how many notes."""
    notes = Decision.objects.filter(case__contribution__text_erased_at__isnull=False).exclude(internal_facts="")
    return notes.update(internal_facts="")


@transaction.atomic
def clear_old_reports(*, at: datetime) -> int:
    """Empty reports and appeals that were settled so long ago that nothing can come of them. Return how many."""
    reports = empty_reports(list(reports_to_clear(at=at).values_list("pk", flat=True)))
    return reports + empty_appeals(list(appeals_to_clear(at=at).values_list("pk", flat=True)))
