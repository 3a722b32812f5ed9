"""The register of protected employees. What the public ledger tells of it holds no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_administrator, as_official, is_official
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.ledger.actions import Draft, record, record_many
from apps.ledger.models import Actor
from apps.screening.enums import EMPLOYEE_CHANGED, EMPLOYEE_ENDED, EMPLOYEE_PROTECTED
from apps.screening.errors import AlreadyEnded, AlreadyListed, UnfitName, UnfitPeriod
from apps.screening.models import ProtectedEmployee
from apps.screening.queries import employees_to_forget, in_force, names_in_force
from apps.screening.rules import why_not_a_full_name


@dataclass(frozen=True, kw_only=True)
class EmployeeFacts:
    """What the register says of one person. `spellings` holds one a line."""

    name: str
    spellings: str = ""
    title: str = ""
    department: str = ""
    is_elected: bool = False
    active_from: datetime | None = None
    active_until: datetime | None = None


@transaction.atomic
def protect_employee(*, facts: EmployeeFacts, by: User, at: datetime) -> ProtectedEmployee:
    """Put a name on the register, in force from now or from the moment given.

    Raises NotAllowed, UnfitName, UnfitPeriod, AlreadyListed for a name in force with the same department.
    """
    require("screening.edit_employees", by)
    columns = _columns(facts, at)
    namesakes = in_force(at).filter(name__iexact=columns["name"])
    if namesakes.filter(department__iexact=columns["department"]).exists():
        raise AlreadyListed
    employee = ProtectedEmployee.objects.create(**columns, added_by=by, added_at=at)
    record(EMPLOYEE_PROTECTED, subject=employee, by=in_office(by), at=at)
    return employee


@transaction.atomic
def protect_employees(*, rows: Iterable[EmployeeFacts], by: User, at: datetime) -> list[ProtectedEmployee]:
    """Put many names on the register, with one entry each; return those that are new. Names in force stay as they are.

    Raises NotAllowed, UnfitName, UnfitPeriod; then none is put on.
    """
    require("screening.edit_employees", by)
    known = set(names_in_force(at))
    made = []
    for facts in rows:
        columns = _columns(facts, at)
        if columns["name"].casefold() not in known:
            known.add(columns["name"].casefold())
            made.append(ProtectedEmployee(**columns, added_by=by, added_at=at))
    made = ProtectedEmployee.objects.bulk_create(made)
    record_many([Draft(kind=EMPLOYEE_PROTECTED, subject=row, by=in_office(by), at=at) for row in made])
    return made


@transaction.atomic
def change_employee(*, employee: ProtectedEmployee, facts: EmployeeFacts, by: User, at: datetime) -> bool:
    """Let the register say something else of a person; return whether anything changed.

    Raises NotAllowed, UnfitName, UnfitPeriod.
    """
    require("screening.edit_employees", by)
    stored = ProtectedEmployee.objects.select_for_update().get(pk=employee.pk)
    columns = _columns(facts, stored.active_from)
    if all(getattr(stored, name) == value for name, value in columns.items()):
        return False
    ProtectedEmployee.objects.filter(pk=stored.pk).update(**columns)
    record(EMPLOYEE_CHANGED, subject=stored, by=in_office(by), at=at)
    return True


@transaction.atomic
def end_employee(*, employee: ProtectedEmployee, by: User, at: datetime) -> None:
    """Let a name no longer be in force. One that has not begun yet never does.

    Raises NotAllowed, AlreadyEnded.
    """
    require("screening.edit_employees", by)
    stored = ProtectedEmployee.objects.select_for_update().get(pk=employee.pk)
    if stored.active_until is not None and stored.active_until <= at:
        raise AlreadyEnded
    end = max(at, stored.active_from)
    ProtectedEmployee.objects.filter(pk=stored.pk).update(active_until=end)
    record(EMPLOYEE_ENDED, subject=stored, by=in_office(by), at=at)


@transaction.atomic
def forget_employees(*, at: datetime) -> int:
    """Delete those whose name has been out of force for as long as it is kept; return how many. It makes no entry."""
    gone, _by_table = employees_to_forget(at=at).delete()
    return gone


def in_office(person: User) -> Actor:
    """Return the person acting as an official, or else as an administrator."""
    return as_official(person) if is_official(person) else as_administrator(person)


def _columns(facts: EmployeeFacts, begin: datetime) -> dict[str, Any]:
    sentence = why_not_a_full_name(facts.name)
    if sentence is not None:
        raise UnfitName(sentence)
    active_from = facts.active_from or begin
    if facts.active_until is not None and facts.active_until < active_from:
        raise UnfitPeriod
    spellings = dict.fromkeys(filter(None, map(one_line, facts.spellings.splitlines())))
    return {
        "name": one_line(facts.name),
        "spellings": "\n".join(spellings),
        "title": one_line(facts.title),
        "department": one_line(facts.department),
        "is_elected": facts.is_elected,
        "active_from": active_from,
        "active_until": facts.active_until,
    }
