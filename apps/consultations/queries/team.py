"""Who works on a consultation, and on which consultations somebody works."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import people_in_role
from apps.accounts.rules import is_administrator, is_official
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation, TeamMember
from apps.consultations.rules import EDITING, members_in_force


def in_team(viewer: Any, *roles: TeamRole) -> Exists:
    """Return an expression on consultations: the viewer, an official, has a place in the team, or one of these roles.

    Pair: `rules.role_in_team`.
    """
    places = TeamMember.objects.filter(consultation=OuterRef("pk"), role__in=roles or TeamRole.values)
    return Exists(places.filter(person=viewer) if is_official(viewer) else TeamMember.objects.none())


def teams_of(viewer: Any) -> "QuerySet[Consultation]":
    """Return the consultations in whose team the viewer is, unordered."""
    return Consultation.objects.filter(in_team(viewer))


def edited_consultations(viewer: Any) -> "QuerySet[Consultation]":
    """Return the consultations that the viewer may edit, unordered. Pair: `rules.why_not_edit`."""
    return Consultation.objects.filter(in_team(viewer, *EDITING))


def team_of(consultation: Consultation) -> list[TeamMember]:
    """Return the team, first member first, each with the person and whether they are an official now."""
    rows = TeamMember.objects.filter(consultation=consultation).select_related("person")
    acting = Exists(members_in_force().filter(pk=OuterRef("pk")))
    return list(rows.annotate(is_in_force=acting).order_by("pk"))


def team_member(consultation: Consultation, pk: int) -> TeamMember | None:
    """Return one member of that team, with the person."""
    rows = TeamMember.objects.filter(consultation=consultation, pk=pk)
    return rows.select_related("person", "consultation").first()


def team_members_by_ids(ids: Collection[int]) -> dict[int, TeamMember]:
    """Return those of these places that are still there, by id, each with person and consultation."""
    return TeamMember.objects.filter(pk__in=ids).select_related("person", "consultation").in_bulk()


def officials_outside(consultation: Consultation) -> list[User]:
    """Return the officials who have no place in the team, by name."""
    inside = set(TeamMember.objects.filter(consultation=consultation).values_list("person", flat=True))
    outside = [person for person in people_in_role(Role.OFFICIAL) if person.pk not in inside]
    return sorted(outside, key=lambda person: (person.display_name.casefold(), person.pk))


def ownerless_consultations(viewer: Any) -> "QuerySet[Consultation]":
    """Return, to administrators, what nobody owns any more: they appoint somebody. Oldest first."""
    owners = members_in_force().filter(consultation=OuterRef("pk"), role=TeamRole.OWNER)
    found = Consultation.objects.filter(~Exists(owners)).order_by("pk")
    return found if is_administrator(viewer) else found.none()


def team_page_of(viewer: Any, slug: str) -> Consultation | None:
    """Return the consultation at that address if the viewer works on it, or appoints who does."""
    rows = Consultation.objects.filter(slug=slug)
    shown = teams_of(viewer).filter(slug=slug).first()
    return shown or (rows.first() if is_administrator(viewer) else None)
