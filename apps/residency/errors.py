"""What can go wrong when residency is granted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


class RegisterUnreadable(DomainError):
    """The register of addresses cannot be asked."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("Addresses cannot be looked up right now, so no letter can be sent. Try again later, or visit the desk.")
        )


class LettersNotOffered(DomainError):
    """The installation sends no letters."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("This municipality sends no letters with codes. The town-hall desk can verify you."))


class LetterUnderWay(DomainError):
    """The person has a letter that is not ended."""

    def __init__(self) -> None:
        super().__init__(_("A letter to you is under way already. Cancel it first if the address was wrong."))


class TooManyLettersToAddress(DomainError):
    """So many letters went to the address within a year that no more do."""

    def __init__(self) -> None:
        super().__init__(
            _("No more letters can be sent to this address this year. The town-hall desk can verify you instead.")
        )


class TooManyLettersToPerson(DomainError):
    """The person asked for so many letters within a year that they get no more."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "You have asked for %(most)s letters within a year, and more are not sent. "
                "The town-hall desk can verify you instead."
            )
            % {"most": most}
        )


class UnfitLetterName(DomainError):
    """No letter can be addressed to that name."""


class LetterEnded(DomainError):
    """The letter was used, locked or cancelled meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This letter has ended already. Load the page again."))


class NoLetterUnderWay(DomainError):
    """There is no letter of the person whose code could be entered."""

    def __init__(self) -> None:
        super().__init__(_("No letter to you is under way. Ask for a letter first."))


class LetterNotPosted(DomainError):
    """The letter has not left the town hall, as far as the forum knows."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your letter has not been posted yet, as far as we know. If you hold it in your hand, "
                "try again tomorrow: nothing is lost."
            )
        )


class NotACode(DomainError):
    """What was typed cannot be a code. It costs no try."""

    def __init__(self) -> None:
        super().__init__(
            _("A code has ten letters and digits, such as ACDEF-34779. Look at the letter once more. No try was used.")
        )


class WrongCode(DomainError):
    """The code is not that of the person's letter."""

    def __init__(self, left: int) -> None:
        sentence = ngettext(
            "This is not the code of your letter. You have %(left)s more try.",
            "This is not the code of your letter. You have %(left)s more tries.",
            left,
        )
        super().__init__(sentence % {"left": left})


class CodeLocked(DomainError):
    """All tries were used."""

    def __init__(self) -> None:
        super().__init__(_("Too many wrong codes were entered, so this code no longer works. Ask for a new letter."))


class CodeExpired(DomainError):
    """The code came too late. It costs no try."""

    def __init__(self) -> None:
        super().__init__(_("This code is no longer valid: thirty days have passed. Ask for a new letter."))


class CodeUsed(DomainError):
    """The code did its work before."""

    def __init__(self) -> None:
        super().__init__(_("The code of your letter has been used already. It is needed only once."))


class NoLettersChosen(DomainError):
    """No letter that waits is among those chosen."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one letter that waits. Load the page again if a colleague was quicker."))


class BatchPosted(DomainError):
    """The letters have left the house."""

    def __init__(self) -> None:
        super().__init__(_("These letters are marked as posted already. Their codes cannot be made again."))


class BatchNotPrinted(DomainError):
    """No codes were made for the letters, so they cannot have been posted."""

    def __init__(self) -> None:
        super().__init__(_("Download the letters first: they have no codes yet."))


class NoPrinting(DomainError):
    """The libraries that make PDF files are missing on this machine."""

    def __init__(self) -> None:
        super().__init__(
            _("This machine cannot make PDF files: libraries are missing. Download the table for a print house.")
        )
