"""Hearing parties that are invited by mail from the site."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.consultations.enums import PARTY_INVITED, InvitationWay
from apps.consultations.models import HearingInvitation
from apps.consultations.queries import invitations_by_ids
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of


@dataclass(frozen=True, kw_only=True)
class InvitationNews:
    """An invitation that is to be written."""

    entry: Entry
    invitation: HearingInvitation


def invitation_news_in(entries: Sequence[Entry]) -> list[InvitationNews]:
    """Return the invitations that these entries tell of and that the site writes: one query, and none for none.

    A hearing that was cancelled meanwhile invites nobody, nor a party whose address was taken away.
    """
    told = [(entry, facts_of(entry)) for entry in entries if entry.kind == PARTY_INVITED.name]
    ids = {entry.pk: facts["invitation"] for entry, facts in told if facts["way"] == InvitationWay.SITE}
    rows = invitations_by_ids(ids.values()) if ids else {}
    found = [(entry, rows.get(ids[entry.pk])) for entry, _facts in told if entry.pk in ids]
    return [InvitationNews(entry=entry, invitation=row) for entry, row in found if row and _still_so(row)]


def _still_so(invitation: HearingInvitation) -> bool:
    consultation = invitation.party.consultation
    return bool(invitation.party.email) and consultation.is_published and not consultation.is_cancelled
