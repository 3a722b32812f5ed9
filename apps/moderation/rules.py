"""Who works the queue, and on what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator
from apps.common.permissions import Sentence, permission
from apps.discussions.models import Contribution


@permission("moderation.work_queue")
def why_not_work(viewer: Any) -> Sentence | None:
    """Moderators see the queue."""
    return None if is_moderator(viewer) else _("Only moderators can open the queue.")


@permission("moderation.decide_contribution")
def why_not_decide(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators decide on what others wrote."""
    refused = why_not_work(viewer)
    if refused is None and contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to decide on it.")
    return refused
