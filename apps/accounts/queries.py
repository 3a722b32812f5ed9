"""Finding people."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import registry
from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.enums import PERSON_LOOKED_UP, HeldSubject, OrganisationStatus
from apps.accounts.models import Hold, Organisation, User
from apps.ledger.models import Entry

MOST_LOOK_UPS = 200
FACTORS = ("totp", "webauthn")


def account_by_email(email: str) -> User | None:
    """Return the active account of an e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def has_confirmed_address(person: User) -> bool:
    """Tell whether the person has opened the link that was sent to the account's address."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    return bool(addresses.objects.filter(user=person, email__iexact=person.email, verified=True).exists())


def organisation_of(person: User) -> Organisation | None:
    """Return the confirmed organisation whose account this is, or None."""
    return Organisation.objects.filter(account=person, status=OrganisationStatus.CONFIRMED).first()


def held_ids(held: HeldSubject, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids on which a legal hold lies."""
    holds = Hold.objects.filter(held=held, held_id__in=ids, lifted_at=None)
    return frozenset(holds.values_list("held_id", flat=True))


def unconfirmed_accounts(*, before: datetime) -> "QuerySet[User]":
    """Return accounts made before that moment whose address nobody has confirmed, oldest first; none that is held."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    held = Hold.objects.filter(held=HeldSubject.PERSON, lifted_at=None).values("held_id")
    confirmed = addresses.objects.filter(user=OuterRef("pk"), verified=True)
    unused = User.objects.filter(erased_at=None, is_staff=False, is_superuser=False, created_at__lt=before)
    return unused.exclude(Exists(confirmed)).exclude(pk__in=held).order_by("created_at", "pk")


def look_ups_of(person: User) -> list[Entry]:
    """Return the entries about staff having looked the person up, newest first."""
    about = Entry.objects.filter(kind=PERSON_LOOKED_UP.name, subject="user", subject_id=person.pk)
    return list(about.order_by("-pk")[:MOST_LOOK_UPS])


def needs_second_step(person: User) -> bool:
    """Tell whether a password alone must not open the account's work: staff, and those who run the machine."""
    return person.is_staff or person.is_superuser


def factors_of(person: User) -> int:
    """Return how many second factors the account has; recovery codes stand in for one and are none."""
    authenticators: Any = registry.apps.get_model("mfa", "Authenticator")
    return int(authenticators.objects.filter(user_id=person.pk, type__in=FACTORS).count())
