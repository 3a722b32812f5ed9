"""Finding people."""

from typing import Any

from django.apps import registry

from apps.accounts.models import User


def account_by_email(email: str) -> User | None:
    """Return the active account of an e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def has_confirmed_address(person: User) -> bool:
    """Tell whether the person has opened the link that was sent to the account's address."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    return bool(addresses.objects.filter(user=person, email__iexact=person.email, verified=True).exists())
