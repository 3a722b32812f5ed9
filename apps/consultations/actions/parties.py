"""The hearing parties of a consultation: listed, invited, and noted to have answered."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.calendar import local
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.enums import (
    PARTY_ADDED,
    PARTY_ANSWERED,
    PARTY_INVITED,
    PARTY_REMOVED,
    PARTY_REVISED,
    InvitationWay,
    PartyKind,
)
from apps.consultations.errors import NoSuchNumber, PartyInvited, PartyListed, UnfitInvitation
from apps.consultations.models import Consultation, HearingInvitation, HearingParty
from apps.consultations.rules import why_not_invite
from apps.ledger.actions import Fact, record
from apps.ledger.enums import Kind


@dataclass(frozen=True, kw_only=True)
class PartyText:
    """What an official writes about a hearing party. The addresses are never public."""

    kind: PartyKind
    name: str
    email: str = ""
    address: str = ""
    postal_line: str = ""


@transaction.atomic
def add_parties(
    *, consultation: Consultation, parties: Sequence[PartyText], by: User, at: datetime
) -> list[HearingParty]:
    """List hearing parties, in the order given: all of them or none.

    Raises NotAllowed, and PartyListed with the name of one that is on the list already.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    listed = HearingParty.objects.filter(consultation=consultation)
    taken = {name.casefold() for name in listed.values_list("name", flat=True)}
    made = []
    for text in map(_cleaned, parties):
        if text.name.casefold() in taken:
            raise PartyListed(text.name)
        taken.add(text.name.casefold())
        party = HearingParty.objects.create(consultation=consultation, added_at=at, **asdict(text))
        _tell(PARTY_ADDED, party, by, at, kind=str(party.kind))
        made.append(party)
    return made


@transaction.atomic
def revise_party(*, party: HearingParty, text: PartyText, by: User, at: datetime) -> bool:
    """Change name, kind or addresses; answer False when nothing differs. Raises NotAllowed, PartyListed."""
    standing = _locked(party, by)
    written = asdict(_cleaned(text))
    changes = {name: value for name, value in written.items() if getattr(standing, name) != value}
    if not changes:
        return False
    others = HearingParty.objects.filter(consultation=party.consultation).exclude(pk=party.pk)
    if written["name"].casefold() in {name.casefold() for name in others.values_list("name", flat=True)}:
        raise PartyListed(written["name"])
    HearingParty.objects.filter(pk=party.pk).update(**changes)
    party.refresh_from_db()
    _tell(PARTY_REVISED, party, by, at, kind=str(party.kind))
    return True


@transaction.atomic
def remove_party(*, party: HearingParty, by: User, at: datetime) -> bool:
    """Take a party from the list that nobody invited; answer False when it was gone. Raises NotAllowed, PartyInvited.

    Who was invited stays on the list: the invitation is part of the case.
    """
    require("consultations.edit_consultation", by, party.consultation)
    Consultation.objects.select_for_update().get(pk=party.consultation_id)
    if not HearingParty.objects.filter(pk=party.pk).exists():
        return False
    if HearingInvitation.objects.filter(party=party).exists() or party.answered_number:
        raise PartyInvited
    _tell(PARTY_REMOVED, party, by, at)
    HearingParty.objects.filter(pk=party.pk).delete()
    return True


@transaction.atomic
def invite_party(  # noqa: PLR0913 - what an invitation says
    *,
    party: HearingParty,
    way: InvitationWay,
    invited_on: date | None = None,
    deadline: datetime | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Log that a party is invited; answer False when it was, in that way and on that day.

    The site writes the mail of an invitation by the site (`notifications`), on the day of `at`. Raises NotAllowed, and
    UnfitInvitation for a day to come, a hearing that nobody can open yet, and a mail to a party without address.
    """
    standing = _locked(party, by)
    today = local(at).date()
    day = today if way == InvitationWay.SITE or invited_on is None else invited_on
    refused = why_not_invite(standing, way=way, day=day, today=today)
    if refused is not None:
        raise UnfitInvitation(refused)
    invitation, is_new = HearingInvitation.objects.get_or_create(
        party=standing,
        way=way,
        invited_on=day,
        defaults={"deadline": deadline, "invited_by": by, "noted_at": at},
    )
    if is_new:
        _tell(PARTY_INVITED, standing, by, at, way=str(way), day=day.isoformat(), invitation=invitation.pk)
    return is_new


@transaction.atomic
def note_answer(*, party: HearingParty, number: int | None, by: User, at: datetime) -> bool:
    """Note under which number a party answered, or that it has not; answer False when it stood so.

    The entry does not tell the number: what is refused or hidden stands without its author. Raises NotAllowed,
    NoSuchNumber.
    """
    standing = _locked(party, by)
    if number is not None and not 0 < number < standing.consultation.next_number:
        raise NoSuchNumber
    if standing.answered_number == number:
        return False
    HearingParty.objects.filter(pk=party.pk).update(answered_number=number)
    party.answered_number = number
    _tell(PARTY_ANSWERED, standing, by, at, answered="no" if number is None else "yes")
    return True


def _locked(party: HearingParty, by: User) -> HearingParty:
    """Return the party as it stands, for somebody who may change it, under the lock of its consultation."""
    require("consultations.edit_consultation", by, party.consultation)
    Consultation.objects.select_for_update().get(pk=party.consultation_id)
    return HearingParty.objects.select_related("consultation").get(pk=party.pk)


def _cleaned(text: PartyText) -> PartyText:
    name, address, postal_line = (one_line(line) for line in (text.name, text.address, text.postal_line))
    return replace(text, name=name, email=text.email.strip(), address=address, postal_line=postal_line)


def _tell(told: Kind, party: HearingParty, by: User, at: datetime, **facts: Fact) -> None:
    record(told, subject=party, by=as_official(by), at=at, consultation_id=party.consultation_id, facts=facts)
