"""Staff roles: granting, ending, and the sweep for those whose day has come."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.enums import ROLE_ENDED, ROLE_GRANTED, Role, RoleStatus
from apps.accounts.errors import AddressNotShown, NoRoleForOrganisations, UnfitDates
from apps.accounts.models import Organisation, RoleAssignment, User
from apps.accounts.queries import ASKED_OR_CONFIRMED, has_confirmed_address
from apps.accounts.rules import THE_SYSTEM, as_administrator
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.ledger.actions import record
from apps.ledger.models import Actor

BATCH = 200


@transaction.atomic
def grant_role(  # noqa: PLR0913 - what a role is made of
    *,
    person: User,
    role: Role,
    by: User | Actor,
    at: datetime,
    department: str = "",
    title: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> bool:
    """Give a staff role from now or a later moment on; answer False when the person has it or will.

    Whoever gets one is signed out everywhere when it begins. Raises NotAllowed when `by` is not an administrator or is
    the person, UnfitDates when it would end before it begins, AddressNotShown, NoRoleForOrganisations.
    """
    actor = _allowed(by, person)
    begins = max(starts_at or at, at)
    if ends_at is not None and ends_at <= begins:
        raise UnfitDates
    _lock(person)
    _refuse_unfit_account(person)
    _end_those_due(person, at)
    if RoleAssignment.objects.filter(person=person, role=role).exclude(status=RoleStatus.ENDED).exists():
        return False
    assignment = RoleAssignment.objects.create(
        person=person,
        role=role,
        department=one_line(department),
        title=one_line(title),
        status=RoleStatus.PLANNED,
        starts_at=begins,
        ends_at=ends_at,
        granted_by=by if isinstance(by, User) else None,
        granted_at=at,
    )
    if begins <= at:
        _begin(assignment, actor, at)
        _refresh(person)
    return True


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: User | Actor, at: datetime) -> bool:
    """End a role now, or take back one that has not begun; answer False when it had ended.

    The person is signed out everywhere. Raises NotAllowed.
    """
    actor = _allowed(by, assignment.person)
    return _end(assignment, actor, at)


def turn_roles(*, at: datetime) -> int:
    """Begin the roles whose day has come and end those whose last day is over; answer how many.

    A role past its end is not in force even before this has run.
    """
    done = 0
    planned = RoleAssignment.objects.filter(status=RoleStatus.PLANNED, starts_at__lte=at)
    for assignment in planned.select_related("person").order_by("pk")[:BATCH]:
        with transaction.atomic():
            done += _begin(assignment, THE_SYSTEM, at)
    over = RoleAssignment.objects.filter(status=RoleStatus.ACTIVE, ends_at__lte=at)
    for assignment in over.select_related("person").order_by("pk")[:BATCH]:
        with transaction.atomic():
            done += _end(assignment, THE_SYSTEM, at)
    return done


def _allowed(by: User | Actor, person: User) -> Actor:
    """Return who acts. The command line acts as the system, and answers to nobody."""
    if not isinstance(by, User):
        return by
    require("accounts.grant_role", by, person)
    return as_administrator(by)


def _refuse_unfit_account(person: User) -> None:
    """A role goes to whoever owns the address that the administrator typed, and to a person."""
    if not has_confirmed_address(person):
        raise AddressNotShown
    if Organisation.objects.filter(account=person, status__in=ASKED_OR_CONFIRMED).exists():
        raise NoRoleForOrganisations


def _lock(person: User) -> None:
    """Let one change at a time see which roles a person has."""
    User.objects.select_for_update().get(pk=person.pk)


def _begin(assignment: RoleAssignment, by: Actor, at: datetime) -> bool:
    _lock(assignment.person)
    waiting = RoleAssignment.objects.filter(pk=assignment.pk, status=RoleStatus.PLANNED)
    if not waiting.update(status=RoleStatus.ACTIVE):
        return False
    person = User.objects.filter(pk=assignment.person_id)
    person.update(is_staff=True, session_stamp=F("session_stamp") + 1)
    if assignment.title:
        person.update(job_title=assignment.title)
    record(ROLE_GRANTED, subject=assignment.person, by=by, at=at, facts={"role": assignment.role})
    return True


def _end(assignment: RoleAssignment, by: Actor, at: datetime) -> bool:
    _lock(assignment.person)
    standing = RoleAssignment.objects.filter(pk=assignment.pk)
    ended = {
        "status": RoleStatus.ENDED,
        "ends_at": max(min(at, assignment.ends_at or at), assignment.starts_at),
    }
    had_begun = standing.filter(status=RoleStatus.ACTIVE).update(**ended)
    if not had_begun and not standing.filter(status=RoleStatus.PLANNED).update(**ended):
        return False
    if had_begun:
        keeps_one = RoleAssignment.objects.filter(person=assignment.person_id, status=RoleStatus.ACTIVE).exists()
        User.objects.filter(pk=assignment.person_id).update(is_staff=keeps_one, session_stamp=F("session_stamp") + 1)
        record(ROLE_ENDED, subject=assignment.person, by=by, at=at, facts={"role": assignment.role})
    _refresh(assignment.person)
    return True


def _end_those_due(person: User, at: datetime) -> None:
    for assignment in RoleAssignment.objects.filter(person=person, status=RoleStatus.ACTIVE, ends_at__lte=at):
        _end(assignment, THE_SYSTEM, at)


def _refresh(person: User) -> None:
    """Let the object in hand say what its row says."""
    person.refresh_from_db(fields=["is_staff", "session_stamp", "job_title"])
    person.__dict__.pop("roles", None)
