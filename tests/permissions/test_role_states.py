"""A role opens doors while it is in force, in a session with a second step, of an account that may log in; else none.

Rows are where a role stands, columns are pages; the words are those of table.py.
"""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from apps.accounts.actions import end_role, grant_role
from apps.accounts.enums import Role
from apps.accounts.models import RoleAssignment, User
from apps.accounts.rules import THE_SYSTEM, as_known_to, has_role, is_person
from tests import personas
from tests.architecture.source import refuse
from tests.permissions.people import browser
from tests.permissions.table import word_of
from tests.permissions.town import AT

DAY = timedelta(days=1)
# Far enough that the database's own clock, by which a role is over, does not matter.
LATER = AT + 100_000 * DAY

PAGES = {
    "desk": ("portal:desk", Role.OFFICIAL),
    "residents": ("residency:desk", Role.OFFICIAL),
    "letters": ("residency:letter-list", Role.OFFICIAL),
    "queue": ("moderation:queue", Role.MODERATOR),
    "erasures": ("moderation:erasure-list", Role.MODERATOR),
    "people": ("accounts:person-list", Role.ADMINISTRATOR),
    "holds": ("portal:hold-list", Role.ADMINISTRATOR),
    "retention": ("portal:retention", Role.ADMINISTRATOR),
    "admin": ("admin:index", None),
    "me": ("portal:me", None),
}

# The person has the one role that each page asks for, in this state.
TABLE = """
              desk    residents letters queue   erasures people  holds   retention admin   me
    active    yes     yes       yes     yes     yes      yes     yes     yes       no      yes
    ends_late yes     yes       yes     yes     yes      yes     yes     yes       no      yes
    planned   no      no        no      no      no       no      no      no        no      yes
    # past its last day, and no sweep has run
    over      no      no        no      no      no       no      no      no        no      yes
    ended     no      no        no      no      no       no      no      no        no      yes
    closed    login   login     login   login   login    login   login   login     login   login
    half      second  second    second  second  second   second  second  second    second  yes
    # a superuser without any role, with and without a second step
    superuser no      no        no      no      no       no      no      no        yes     yes
    halfsuper second  second    second  second  second   second  second  second    second  yes
"""


def _cells() -> dict[tuple[str, str], str]:
    lines = [line.split() for line in TABLE.strip().splitlines() if not line.strip().startswith("#")]
    assert lines[0] == list(PAGES)
    return {(state, page): word for state, *words in lines[1:] for page, word in zip(PAGES, words, strict=True)}


@pytest.mark.django_db
def test_doors_open_by_the_state_of_the_role() -> None:
    offenders = []
    with time_machine.travel(AT, tick=False):
        for state in dict.fromkeys(state for state, _page in _cells()):
            for role in Role:
                person = _somebody(state, role, AT)
                offenders += _disagreements(state, role, person)

    refuse(offenders, "mend the rule or the view; or the table, if what is right has changed")


def _disagreements(state: str, role: Role, person: User) -> list[str]:
    is_half = state.startswith("half")
    offenders = []
    for page, (name, asked) in PAGES.items():
        if asked not in {role, None}:
            continue
        client = browser("half" if is_half else state, person)
        word, told = word_of(client.get(reverse(name))), _cells()[state, page]
        if word != told:
            offenders.append(f"{state} {role}: {page} says {word}, the table {told}")
        viewer = as_known_to({} if is_half else client.session, User.objects.get(pk=person.pk))
        if asked and (has_role(viewer, role) and is_person(viewer)) != (told == "yes"):
            offenders.append(f"{state} {role}: the rule of {page} does not say {told}")
    return offenders


def _somebody(state: str, role: Role, at: datetime) -> User:
    person = personas.unverified(at=at, email=f"{state}.{role}@example.org")
    if state.endswith("super") or state == "superuser":
        User.objects.filter(pk=person.pk).update(is_superuser=True)
        return User.objects.get(pk=person.pk)
    granted = at - 9 * DAY if state == "over" else at
    ends = {"over": at - DAY, "ends_late": LATER}.get(state)
    begins = at + DAY if state == "planned" else None
    grant_role(person=person, role=role, by=THE_SYSTEM, at=granted, starts_at=begins, ends_at=ends)
    if state == "ended":
        end_role(assignment=RoleAssignment.objects.get(person=person), by=THE_SYSTEM, at=at)
    if state == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)
