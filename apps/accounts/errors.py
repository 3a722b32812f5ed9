"""What can go wrong with accounts, roles, organisations and holds."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitName(DomainError):
    """A name that could imitate somebody or cannot be shown."""


class UnfitDates(DomainError):
    """A role that would end before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The role would end before it begins. Choose a later last day."))


class AddressNotShown(DomainError):
    """Nobody has shown that the account's address is theirs: it may be somebody else's account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The owner of this account has not confirmed the e-mail address yet. "
                "They open the link in the mail first."
            )
        )


class NoRoleForOrganisations(DomainError):
    """Staff roles are of people."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the account of an organisation. The person needs an account of their own for a staff role.")
        )


class UnfitCvr(DomainError):
    """Digits that are no CVR number."""

    def __init__(self) -> None:
        super().__init__(_("This is not a CVR number. It has eight digits; look it up at datacvr.virk.dk."))


class AlreadyDecided(DomainError):
    """Somebody was quicker, or the account is an organisation's already."""

    def __init__(self) -> None:
        super().__init__(_("This has been decided already. Load the page again to see it as it stands."))


class OrganisationHasAccount(DomainError):
    """Another account speaks for the organisation."""

    def __init__(self) -> None:
        super().__init__(
            _("Another account speaks for this CVR number. End that one first, or ask the applicant to use it.")
        )


class CvrTaken(DomainError):
    """The same, said to whoever asks for a second account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Another account speaks for this CVR number already. "
                "Ask who has it in your organisation, or write to the municipality."
            )
        )


class UnfitReviewDay(DomainError):
    """A hold that would have to be looked at again before it begins."""

    def __init__(self) -> None:
        super().__init__(_("Choose a later day on which somebody looks at the hold again."))


class NothingToHold(DomainError):
    """What the hold would be on has been erased."""

    def __init__(self) -> None:
        super().__init__(_("This account has been deleted. There is nothing left to hold."))


class AlreadyHeld(DomainError):
    """There is a hold on it."""

    def __init__(self) -> None:
        super().__init__(_("A legal hold is on this already. Lift it first to place another one."))


class Held(DomainError):
    """A legal hold is in the way of an erasure."""

    def __init__(self) -> None:
        super().__init__(
            _("This cannot be erased now, because it is needed in a legal case. Write to the municipality for more.")
        )
