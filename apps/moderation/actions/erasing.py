"""Erasing texts with what moderators noted about them."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.discussions.actions import confirm_erasure
from apps.discussions.models import Contribution, TextErasure
from apps.moderation.models import Decision


@transaction.atomic
def erase_text(*, erasure: TextErasure, by: User, at: datetime) -> Contribution:
    """Erase the text that a colleague proposed to erase, and what moderators noted about it for each other.

    Raises NotAllowed, ErasureDecided and HeldText as `discussions.actions.confirm_erasure` does.
    """
    contribution = confirm_erasure(erasure=erasure, by=by, at=at)
    Decision.objects.filter(case__contribution=contribution).exclude(internal_facts="").update(internal_facts="")
    return contribution


def forget_notes_on_cleared() -> int:
    """Empty what moderators noted for each other about texts that are gone for good. Return how many notes."""
    notes = Decision.objects.filter(case__contribution__text_erased_at__isnull=False).exclude(internal_facts="")
    return notes.update(internal_facts="")
