"""When a hearing party can be invited."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.consultations.enums import InvitationWay
from apps.consultations.models import HearingParty
from apps.consultations.rules.stages import why_over


def why_not_invite(party: HearingParty, *, way: InvitationWay, day: date, today: date) -> Sentence | None:
    """Return why an invitation in that way and on that day makes no sense, or None."""
    if day > today:
        return _("The day lies ahead. Note an invitation when it has gone out.")
    if way == InvitationWay.SITE and not party.email:
        return _("The party has no e-mail address. Write one first, or invite it in another way.")
    return None


def why_not_write(party: HearingParty, *, can_write: bool, told: datetime | None, at: datetime) -> Sentence | None:
    """Return why the site writes no invitation to the hearing, or None.

    `can_write`: people can write in it now or later. `told` is until when the mail would say that they can.
    """
    if not party.consultation.is_published or party.consultation.is_cancelled:
        return _(
            "The invitation leads to the hearing's page, which nobody else can open now. Publish the hearing first."
        )
    if not can_write or why_over(party.consultation) is not None:
        return _(
            "Nobody can write in the hearing any more, so the party could not answer on the page. If it is to be "
            "heard, set a phase in which people can write first, or write to it yourself and note that here."
        )
    if told is not None and told <= at:
        return _("The last day for an answer has passed. Choose one that lies ahead, or leave it empty.")
    return None
