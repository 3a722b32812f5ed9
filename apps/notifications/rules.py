"""Who may follow what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation


@permission("notifications.follow_consultation")
def why_not_follow(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Everyone with an account may follow what is published; a draft has no followers, not even officials."""
    if not is_person(viewer):
        return _("Log in to follow the hearing.")
    if not consultation.is_published:
        return _("The hearing is not published yet. You can follow it when it is.")
    return None
