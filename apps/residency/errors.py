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


class WaitsForColleague(DomainError):
    """A residency of the person waits for a second official."""

    def __init__(self) -> None:
        super().__init__(_("This residency waits for a second official. A colleague confirms or declines it."))


class PersonHasResidency(DomainError):
    """The same person is a verified resident on another account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This person is a verified resident on another account. One person has one residency: "
                "move it, or log in there."
            )
        )


class AccountOfAnother(DomainError):
    """The account was verified for somebody else."""

    def __init__(self) -> None:
        super().__init__(_("This account was verified for another person. Log in to your own account, or make one."))


class LivesElsewhere(DomainError):
    """The person does not live in this municipality."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "According to MitID you do not live in %(name)s, so you get no resident's badge. "
                "Your account is fine: you can write wherever a hearing is open to everyone."
            )
            % {"name": name}
        )


class AlreadyEnded(DomainError):
    """The residency ended before, or was decided."""

    def __init__(self) -> None:
        super().__init__(_("This residency has been decided or ended already. Load the page again."))
