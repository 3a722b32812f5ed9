"""Public meetings about a consultation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions.telling import tell
from apps.consultations.enums import CONSULTATION_REVISED
from apps.consultations.errors import UnfitDates
from apps.consultations.models import Consultation, Meeting


@transaction.atomic
def add_meeting(  # noqa: PLR0913 - what a meeting is made of
    *,
    consultation: Consultation,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    note: str,
    by: User,
    at: datetime,
) -> Meeting:
    """Announce a public meeting. Raises UnfitDates when it would end before it starts."""
    require("consultations.edit_consultation", by)
    if ends_at <= starts_at:
        raise UnfitDates(_("The meeting must end after it starts. Check the times."))
    meeting = Meeting.objects.create(
        consultation=consultation, title=title, starts_at=starts_at, ends_at=ends_at, place=place, note=note
    )
    tell(kind=CONSULTATION_REVISED, consultation=consultation, by=by, at=at)
    return meeting
