"""Finding people."""

from apps.accounts.models import User


def account_by_email(email: str) -> User | None:
    """Return the active account of an e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def account_by_id(pk: int) -> User | None:
    """Return the account with that id, or None."""
    return User.objects.filter(pk=pk).first()
