"""Who works on a consultation: the official's role gives no right in it without a place in its team."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role, RoleStatus
from apps.accounts.models import RoleAssignment
from apps.accounts.rules import is_administrator, is_official
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation, TeamMember
from apps.municipality.queries import name_in_office

EDITING = (TeamRole.OWNER, TeamRole.EDITOR)


def role_in_team(viewer: Any, consultation: Consultation) -> str | None:
    """Return the viewer's role in the consultation's team: no query for those who are no officials."""
    if not is_official(viewer):
        return None
    rows = TeamMember.objects.filter(consultation=consultation, person=viewer)
    return rows.values_list("role", flat=True).first()


def members_in_force() -> "QuerySet[TeamMember]":
    """Return the places of people who are officials now and may sign in, unordered."""
    standing = RoleAssignment.objects.filter(person=OuterRef("person"), role=Role.OFFICIAL, status=RoleStatus.ACTIVE)
    return TeamMember.objects.filter(Exists(standing), person__is_active=True)


def has_owner(consultation: Consultation, *, but: TeamMember | None = None) -> bool:
    """Tell whether somebody, other than that member, owns the consultation and is an official now."""
    owners = members_in_force().filter(consultation=consultation, role=TeamRole.OWNER)
    return (owners.exclude(pk=but.pk) if but else owners).exists()


@permission("consultations.see_team")
def why_not_see_team(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The team sees who is in it, and an administrator where nobody is left to own it."""
    if role_in_team(viewer, consultation) is not None:
        return None
    return why_not_change_team(viewer, consultation)


@permission("consultations.change_team")
def why_not_change_team(viewer: Any, consultation: Consultation) -> Sentence | None:
    """An owner chooses who works on it; where no owner is left, an administrator appoints one."""
    if role_in_team(viewer, consultation) == TeamRole.OWNER:
        return None
    if not is_administrator(viewer):
        return _("Only an owner of the hearing chooses who works on it. Ask one of the owners.")
    return _("The hearing has an owner, who chooses who works on it.") if has_owner(consultation) else None


def why_not_of_team(viewer: Any, consultation: Consultation, *roles: TeamRole) -> Sentence | None:
    """Return why the viewer has none of these roles in the team, or None."""
    role = role_in_team(viewer, consultation)
    if role in (roles or TeamRole.values):
        return None
    return _("Only the team of this hearing does this. Ask one of its owners for a place in the team: %(owners)s.") % {
        "owners": owners_in_words(consultation)
    }


def owners_in_words(consultation: Consultation) -> Sentence:
    """Return the names of those who own the consultation, or that an administrator can appoint somebody."""
    owners = members_in_force().filter(consultation=consultation, role=TeamRole.OWNER).order_by("pk")
    names = [name_in_office(member.person) for member in owners.select_related("person")]
    return ", ".join(names) or _("nobody is left, so an administrator has to appoint one")
