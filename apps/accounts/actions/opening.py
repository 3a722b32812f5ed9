"""Opening an account and changing what it says."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import registry
from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.accounts.enums import ACCOUNT_CHANGED, NAME_PROTECTED, PERSON_LOOKED_UP, LookUpReason
from apps.accounts.errors import UnfitName
from apps.accounts.models import User
from apps.accounts.queries import has_looked_up
from apps.accounts.rules import as_citizen
from apps.common.calendar import local, start_of_day
from apps.common.names import why_not_a_name
from apps.ledger.actions import record
from apps.ledger.models import Actor


@transaction.atomic
def open_account(  # noqa: PLR0913 - what an account is made of
    *, email: str, display_name: str, password: str | None, at: datetime, job_title: str = "", language: str = "da"
) -> User:
    """Make an account with a confirmed address, which may sign in at once.

    People who sign up themselves go through allauth and a mail.
    """
    person = User.objects.create_user(
        email,
        password,
        display_name=display_name,
        job_title=job_title,
        language=language,
        created_at=at,
    )
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    addresses.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def give_demo_password(*, people: Iterable[User], password: str) -> None:
    """The made-up people of the demo may log in with one password that everybody knows.

    It is hashed once: hashing is slow on purpose, and one salt for all gives away nothing that the demo does not print.
    """
    User.objects.filter(pk__in=[person.pk for person in people]).update(password=make_password(password))


@transaction.atomic
def change_name(*, person: User, display_name: str, by: User, at: datetime) -> bool:
    """Give the account another name; what was written under the former one keeps it. False when it is the same.

    Raises UnfitName with the sentence why.
    """
    name = " ".join(display_name.split())
    sentence = why_not_a_name(name)
    if sentence is not None:
        raise UnfitName(sentence)
    standing = User.objects.filter(pk=person.pk, erased_at=None)
    changed = standing.exclude(display_name=name).update(display_name=name)
    if changed:
        person.display_name = name
        record(ACCOUNT_CHANGED, subject=person, by=as_citizen(by), at=at)
    return bool(changed)


def change_language(*, person: User, language: str) -> None:
    """Write to the person in that language from now on. No entry: it concerns nobody else."""
    User.objects.filter(pk=person.pk).update(language=language)
    person.language = language


@transaction.atomic
def protect_name(*, person: User, by: Actor, at: datetime) -> bool:
    """Show the person under no name of theirs from now on (CPR-loven § 28); False when it was so already.

    Nothing takes this back: a protection that ran out does not make a name public that was hidden.
    """
    began = User.objects.filter(pk=person.pk, name_protected_at=None).update(name_protected_at=at)
    if began:
        person.name_protected_at = at
        record(NAME_PROTECTED, subject=person, by=by, at=at)
    return bool(began)


@transaction.atomic
def note_look_up(*, person: User, reason: LookUpReason, by: Actor, at: datetime) -> None:
    """Record that staff looked the person up, and what for: the person reads it on their own page."""
    record(PERSON_LOOKED_UP, subject=person, by=by, at=at, facts={"reason": reason.value})


@transaction.atomic
def note_look_up_once_a_day(*, person: User, reason: LookUpReason, by: Actor, at: datetime) -> bool:
    """Do the same for a page that one opens again and again: the second time on a local day nothing is recorded."""
    today = start_of_day(local(at).date())
    if by.person_id and has_looked_up(person, reason, by_id=by.person_id, since=today):
        return False
    record(PERSON_LOOKED_UP, subject=person, by=by, at=at, facts={"reason": reason.value})
    return True
