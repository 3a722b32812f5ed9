"""The register of protected employees, for those who keep it.

Words to look for are posted: an address would keep them.
"""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.calendar import end_of_day, last_day_before, local, start_of_day
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.screening import queries
from apps.screening.actions import EmployeeFacts, change_employee, end_employee, protect_employee, protect_employees
from apps.screening.errors import UnfitName, UnfitPeriod
from apps.screening.forms import EmployeeForm, EmployeeListForm, EmployeeSearch, stored_employee
from apps.screening.models import ProtectedEmployee

UNFIT = 422
PAGE = 50
FIELD_OF: dict[type[DomainError], str] = {UnfitName: "name", UnfitPeriod: "last_day"}


@signed_in
def employee_list(request: HttpRequest) -> HttpResponse:
    """Show the register by name, with what is no longer in force."""
    at, keeper = now(), _keeper(request)
    search = EmployeeSearch(request.POST or None)
    words = search.cleaned_data["words"] if search.is_bound and search.is_valid() else ""
    after = whole_number(request.GET.get("after"))
    found = list(queries.listed_employees(keeper, words=words, after=after)[: PAGE + 1])
    has_more = len(found) > PAGE
    context = {
        "search": search,
        "words": words,
        "rows": [_row(employee, at) for employee in found[:PAGE]],
        "has_more": has_more,
        "older": f"?after={found[PAGE - 1].pk}" if has_more and not words else "",
        "newer": reverse("screening:employee-list") if after else "",
    }
    return render(request, "screening/employee_list.html", context, status=UNFIT if search.errors else 200)


def _row(employee: ProtectedEmployee, at: datetime) -> dict[str, object]:
    until = employee.active_until
    return {
        "employee": employee,
        "is_over": until is not None and until <= at,
        "is_planned": employee.active_from > at,
        "last_day": last_day_before(until) if until else None,
    }


@signed_in
def employee_add(request: HttpRequest) -> HttpResponse:
    """Put one person on the register."""
    at, keeper = now(), _keeper(request)
    form = EmployeeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            protect_employee(facts=_facts(form, at), by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error(FIELD_OF.get(type(in_the_way)), str(in_the_way))
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
            return redirect("screening:employee-list")
    status = UNFIT if form.is_bound else 200
    return render(request, "screening/employee_add.html", {"form": form}, status=status)


@signed_in
def employee_edit(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Change what the register says of one person."""
    at, keeper = now(), _keeper(request)
    employee = _employee(keeper, employee_id)
    form = EmployeeForm(request.POST or None, initial=_stored(employee))
    if form.is_bound and form.is_valid():
        try:
            change_employee(employee=employee, facts=_facts(form, at, employee), by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error(FIELD_OF.get(type(in_the_way)), str(in_the_way))
        else:
            messages.success(
                request, _("What the list says of %(name)s is saved.") % {"name": form.cleaned_data["name"]}
            )
            return redirect("screening:employee-list")
    context = {"form": form, "item": _row(employee, at)}
    return render(request, "screening/employee_edit.html", context, status=UNFIT if form.is_bound else 200)


@login_required
@require_POST
def employee_end(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Take one person's name out of force."""
    at, keeper = now(), _keeper(request)
    employee = _employee(keeper, employee_id)
    try:
        end_employee(employee=employee, by=keeper, at=at)
    except DomainError as in_the_way:
        messages.error(request, str(in_the_way))
    else:
        messages.success(request, _("%(name)s is no longer looked for.") % {"name": employee.name})
    return redirect("screening:employee-list")


@signed_in
def employee_import(request: HttpRequest) -> HttpResponse:
    """Put many people on the register at once; nothing is put on while one line cannot be."""
    at, keeper = now(), _keeper(request)
    form = EmployeeListForm(request.POST, request.FILES) if request.method == "POST" else EmployeeListForm()
    if form.is_bound and form.is_valid():
        facts = [
            EmployeeFacts(
                name=row.name,
                title=row.title,
                department=row.department,
                spellings="\n".join(row.spellings),
                is_elected=row.is_elected,
            )
            for row in form.rows
        ]
        try:
            made = protect_employees(rows=facts, by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error("pasted", str(in_the_way))
        else:
            messages.success(request, _told(len(made), len(facts) - len(made)))
            return redirect("screening:employee-list")
    status = UNFIT if form.is_bound else 200
    return render(request, "screening/employee_import.html", {"form": form}, status=status)


def _told(new: int, known: int) -> str:
    told = ngettext("%(number)d name is new on the list.", "%(number)d names are new on the list.", new)
    there = ngettext("%(number)d was there already.", "%(number)d were there already.", known)
    return " ".join([told % {"number": new}, *([there % {"number": known}] if known else [])])


def _facts(form: EmployeeForm, at: datetime, employee: ProtectedEmployee | None = None) -> EmployeeFacts:
    """Return what the form says. A day that was there and is sent again keeps its moment."""
    asked = dict(form.cleaned_data)
    first, last = asked.pop("first_day"), asked.pop("last_day")
    begin = employee.active_from if employee else at
    end = employee.active_until if employee else None
    if first and first != local(begin).date():
        begin = start_of_day(first)
    if last is None:
        end = None
    elif end is None or last != last_day_before(end):
        end = end_of_day(last)
    return EmployeeFacts(**asked, active_from=begin, active_until=end)


def _stored(employee: ProtectedEmployee) -> dict[str, object]:
    until = employee.active_until
    days = {"first_day": local(employee.active_from).date(), "last_day": last_day_before(until) if until else None}
    return stored_employee(employee) | days


def _employee(keeper: User, employee_id: int) -> ProtectedEmployee:
    employee = queries.visible_employees(keeper).filter(pk=employee_id).first()
    if employee is None:
        raise Http404
    return employee


def _keeper(request: HttpRequest) -> User:
    """Return who keeps the register; raises NotAllowed for anyone else."""
    require("screening.edit_employees", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
