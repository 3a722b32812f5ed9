"""The people of the tests. Each is one step apart from the next, so that a matrix tells which step lets them in."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from apps.accounts.actions import confirm_organisation, grant_role, open_account, protect_name, request_organisation
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.residency.actions import grant_residency

Viewer = User | AnonymousUser

PASSWORD = "a long and boring password"


def anonymous(*, at: datetime) -> AnonymousUser:
    """Somebody who is not signed in."""
    return AnonymousUser()


def unverified(*, at: datetime, email: str = "una@example.org", display_name: str = "Una Underveis") -> User:
    """Somebody with a confirmed account who has not shown where they live."""
    return open_account(email=email, display_name=display_name, password=PASSWORD, at=at)


def resident(*, at: datetime, email: str = "rita@example.org", display_name: str = "Rita Rosendal") -> User:
    """A verified resident."""
    person = unverified(at=at, email=email, display_name=display_name)
    clerk = User.objects.filter(email="olaf@example.org").first() or official(at=at)
    grant_residency(person=person, district=None, by=clerk, at=at)
    return person


def moderator(*, at: datetime) -> User:
    """Somebody who works the queue and nothing else."""
    return _member_of_staff("mona@example.org", "Mona Munk", Role.MODERATOR, at)


def official(*, at: datetime) -> User:
    """Somebody who speaks for the municipality and nothing else."""
    return _member_of_staff("olaf@example.org", "Olaf Overgaard", Role.OFFICIAL, at)


def colleague(*, at: datetime) -> User:
    """Another official, for what one alone may not decide. No persona of the matrix: an official is one."""
    return _member_of_staff("karl@example.org", "Karl Kok", Role.OFFICIAL, at)


def second_moderator(*, at: datetime) -> User:
    """Another moderator, for what one alone may not decide. No persona of the matrix: a moderator is one."""
    return _member_of_staff("mikkel@example.org", "Mikkel Mose", Role.MODERATOR, at)


def administrator(*, at: datetime) -> User:
    """Somebody who runs the installation and nothing else."""
    return _member_of_staff("adam@example.org", "Adam Ager", Role.ADMINISTRATOR, at)


def superuser(*, at: datetime) -> User:
    """Somebody who runs the machine, without a role: an ordinary account everywhere but in the technical window."""
    person = unverified(at=at, email="root@example.org", display_name="Rut Rod")
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    return User.objects.get(pk=person.pk)


def speaker(*, at: datetime) -> User:
    """Whoever speaks for an association: its account, confirmed by the municipality."""
    account = unverified(at=at, email="boat.club@example.org", display_name="Svend Sejler")
    asked = request_organisation(name="Vesterhav Boat Club", cvr="12345674", speaker="Svend Sejler", by=account, at=at)
    clerk = User.objects.filter(email="olaf@example.org").first() or official(at=at)
    confirm_organisation(organisation=asked, by=clerk, at=at)
    return account


def protected(*, at: datetime, email: str = "pernille@example.org", display_name: str = "Pernille Palsgaard") -> User:
    """A verified resident whose name and address are protected."""
    person = resident(at=at, email=email, display_name=display_name)
    protect_name(person=person, by=THE_SYSTEM, at=at)
    return person


PERSONAS: dict[str, Callable[..., Viewer]] = {
    "anonymous": anonymous,
    "unverified": unverified,
    "official": official,
    "resident": resident,
    "moderator": moderator,
    "administrator": administrator,
    "speaker": speaker,
    "protected": protected,
    "superuser": superuser,
}


def everyone(*, at: datetime) -> dict[str, Viewer]:
    """Return one person of each kind by the name of the kind."""
    return {name: make(at=at) for name, make in PERSONAS.items()}


def _member_of_staff(email: str, display_name: str, role: Role, at: datetime) -> User:
    person = unverified(at=at, email=email, display_name=display_name)
    grant_role(person=person, role=role, by=THE_SYSTEM, at=at)
    return person


# Whose pages differ most: without an account, with one, with the municipality's, and at the queue.
FEW = ("anonymous", "resident", "official", "moderator")


def few_of(names: Iterable[str]) -> list[str]:
    """Return those of the personas who are sent to every address daily; all of them in tests/long/run."""
    return [name for name in names if name in FEW or os.environ.get("LONG")]
