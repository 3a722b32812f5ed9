"""Mails that invite hearing parties."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.parties import InvitationNews
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import key_of
from apps.notifications.rendering.parts import in_full, link, rendered


def invitations(news: Sequence[InvitationNews]) -> list[Letter]:
    """Return the mails that invite hearing parties, in the language in which the municipality writes."""
    return [_invitation(one) for one in news]


def _invitation(news: InvitationNews) -> Letter:
    party, deadline_told = news.invitation.party, news.invitation.deadline
    with override(settings.LANGUAGE_CODE):
        context = {
            "party": party,
            "consultation": party.consultation,
            "municipality": the_municipality(),
            "until": in_full(deadline_told),
            "link": link("portal:consultation", party.consultation.slug),
        }
        subject, body = rendered("party_invited", context)
    return Letter(to=news.invitation.sent_to or party.email, subject=subject, body=body, key=key_of(news.entry))
