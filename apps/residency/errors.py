"""What can go wrong when residency is granted."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class AddressNotConfirmed(DomainError):
    """Nobody has shown yet that the account's address is theirs."""

    def __init__(self) -> None:
        super().__init__(
            _("The address of this account is not confirmed yet. Let the person open the link in the mail first.")
        )


class AlreadyResident(DomainError):
    """The person has a residency that holds."""

    def __init__(self) -> None:
        super().__init__(_("This person is already a verified resident."))
