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
from apps.consultations.queries import deadlines_to_come, phases_of
from apps.consultations.rules import why_not_invite, why_not_write
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

    One that stands there in just these words, as after a second click, is given back as it stands. Raises NotAllowed,
    and PartyListed with the name of one that stands there in others, or twice among these.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    listed = {party.name.casefold(): party for party in HearingParty.objects.filter(consultation=consultation)}
    made: list[HearingParty] = []
    for text in map(_cleaned, parties):
        party = listed.get(text.name.casefold())
        if party is None:
            party = HearingParty.objects.create(consultation=consultation, added_at=at, **asdict(text))
            listed[text.name.casefold()] = party
            _tell(PARTY_ADDED, party, by, at, kind=str(party.kind))
        elif party in made or not _stands_as(party, text):
            raise PartyListed(text.name)
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
    """Log that a party is invited; answer False when it was, in that way, on that day, and by mail to that address.

    The site writes the mail of an invitation by the site (`notifications`), on the day of `at`. Raises NotAllowed, and
    UnfitInvitation for a day to come, and for a mail to a party without address, to a hearing that nobody can open yet
    or where nobody can write any more, or with a last day that has passed.
    """
    standing = _locked(party, by)
    today, by_site = local(at).date(), way == InvitationWay.SITE
    day = today if by_site or invited_on is None else invited_on
    refused = why_not_invite(standing, way=way, day=day, today=today)
    if refused is None and by_site:
        can_write = bool(deadlines_to_come(phases_of(standing.consultation), at))
        refused = why_not_write(standing, can_write=can_write, told=deadline, at=at)
    if refused is not None:
        raise UnfitInvitation(refused)
    invitation, is_new = HearingInvitation.objects.get_or_create(
        party=standing,
        way=way,
        invited_on=day,
        sent_to=standing.email if by_site else "",
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


def _stands_as(party: HearingParty, text: PartyText) -> bool:
    return all(getattr(party, name) == value for name, value in asdict(text).items())


def _cleaned(text: PartyText) -> PartyText:
    name, address, postal_line = (one_line(line) for line in (text.name, text.address, text.postal_line))
    return replace(text, name=name, email=text.email.strip(), address=address, postal_line=postal_line)


def _tell(told: Kind, party: HearingParty, by: User, at: datetime, **facts: Fact) -> None:
    record(told, subject=party, by=as_official(by), at=at, consultation_id=party.consultation_id, facts=facts)
