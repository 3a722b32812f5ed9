"""Changes to accounts and staff roles."""

from datetime import datetime
from typing import Any

from django.apps import registry
from django.contrib.auth.models import Group
from django.db import transaction

from apps.accounts.enums import ROLE_GRANTED, Role
from apps.accounts.models import User
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


@transaction.atomic
def grant_role(*, person: User, role: Role, by: Actor, at: datetime) -> bool:
    """Give a staff role; answer False when the person had it."""
    group, _made = Group.objects.get_or_create(name=role.value)
    if person.groups.filter(pk=group.pk).exists():
        return False
    person.groups.add(group)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.is_staff = True
    person.__dict__.pop("roles", None)
    record(ROLE_GRANTED, subject=person, by=by, at=at, facts={"role": role.value})
    return True
