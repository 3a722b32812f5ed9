"""When a hearing party can be invited."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.consultations.enums import InvitationWay
from apps.consultations.models import HearingParty


def why_not_invite(party: HearingParty, *, way: InvitationWay, day: date, today: date) -> Sentence | None:
    """Return why an invitation in that way and on that day makes no sense, or None."""
    if day > today:
        return _("The day lies ahead. Note an invitation when it has gone out.")
    if way != InvitationWay.SITE:
        return None
    if not party.email:
        return _("The party has no e-mail address. Write one first, or invite it in another way.")
    if not party.consultation.is_published or party.consultation.is_cancelled:
        return _(
            "The invitation leads to the hearing's page, which nobody else can open now. Publish the hearing first."
        )
    return None
