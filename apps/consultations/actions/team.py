"""Who works on a consultation: given a place in its team, another role there, or none any more."""

from datetime import datetime

from django.db import transaction

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import ids_in_role
from apps.accounts.rules import as_administrator, as_official, is_official
from apps.common.permissions import require
from apps.consultations.enums import TEAM_MEMBER_ADDED, TEAM_MEMBER_REMOVED, TEAM_ROLE_CHANGED, TeamRole
from apps.consultations.errors import InTeamAlready, LastOwner, NoOfficial
from apps.consultations.models import Consultation, TeamMember
from apps.consultations.rules import has_owner
from apps.ledger.actions import record
from apps.ledger.enums import Kind


@transaction.atomic
def add_member(*, consultation: Consultation, person: User, role: TeamRole, by: User, at: datetime) -> TeamMember:
    """Give an official a place in the team. Raises NotAllowed, NoOfficial for others, InTeamAlready."""
    _lock_team(consultation, by)
    if person.pk not in ids_in_role(Role.OFFICIAL):
        raise NoOfficial
    if TeamMember.objects.filter(consultation=consultation, person=person).exists():
        raise InTeamAlready
    return take_in(consultation=consultation, person=person, role=role, by=by, at=at)


@transaction.atomic
def change_member(*, member: TeamMember, role: TeamRole, by: User, at: datetime) -> bool:
    """Give a member another role; answer False when it is theirs. Raises NotAllowed, LastOwner."""
    _lock_team(member.consultation, by)
    if role != TeamRole.OWNER:
        _keep_an_owner(member)
    if not TeamMember.objects.filter(pk=member.pk).exclude(role=role).update(role=role):
        return False
    member.role = role
    _tell(TEAM_ROLE_CHANGED, member, by, at)
    return True


@transaction.atomic
def remove_member(*, member: TeamMember, by: User, at: datetime) -> bool:
    """Take somebody from the team; answer False when they were not in it any more. Raises NotAllowed, LastOwner."""
    _lock_team(member.consultation, by)
    _keep_an_owner(member)
    removed, _by_table = TeamMember.objects.filter(pk=member.pk).delete()
    if removed:
        _tell(TEAM_MEMBER_REMOVED, member, by, at)
    return bool(removed)


def take_in(*, consultation: Consultation, person: User, role: TeamRole, by: User, at: datetime) -> TeamMember:
    """Give somebody a place without asking who may: also the one who drafts a consultation gets theirs so."""
    member = TeamMember.objects.create(consultation=consultation, person=person, role=role, added_at=at)
    _tell(TEAM_MEMBER_ADDED, member, by, at)
    return member


def _lock_team(consultation: Consultation, by: User) -> None:
    """Let nobody else change the team before the caller's transaction ends, and ask who may under the lock."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    require("consultations.change_team", by, consultation)


def _keep_an_owner(member: TeamMember) -> None:
    if not has_owner(member.consultation, but=member):
        raise LastOwner


def _tell(kind: Kind, member: TeamMember, by: User, at: datetime) -> None:
    """Record who works on it by role alone: names are no business of the public."""
    actor = as_official(by) if is_official(by) else as_administrator(by)
    facts = {"role": str(member.role)}
    record(kind, subject=member, by=actor, at=at, consultation_id=member.consultation_id, facts=facts)
