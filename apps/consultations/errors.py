"""What can go wrong when a consultation is run."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.common.errors import DomainError


class NotReady(DomainError):
    """Something is missing before the consultation can be published."""


class UnfitDates(DomainError):
    """Dates that make no sense, alone or together, or that would cut short what people were promised."""

    status = 422


class TermsSettled(DomainError):
    """The hearing is public, and people were told by which law it is held."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The hearing is published, so its legal basis and period can no longer be changed."))


class CauseMissing(DomainError):
    """No deadline moves without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Write in one sentence why the deadline is extended. Everyone reads it."))


class UnfitMeeting(DomainError):
    """A meeting that makes no sense, or that would take from people what they signed up for.

    `field` names what is to be mended.
    """

    status = 422

    def __init__(self, sentence: str | Promise, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class UnfitMap(DomainError):
    """A map that cannot be shown: not whole, not in the country, or no map at all."""

    status = 422


class TooManyTogether(DomainError):
    """More people together than the meeting has places at all."""

    status = 422

    def __init__(self, places: int) -> None:
        super().__init__(
            ngettext(
                "There is only %(places)s place in all. Sign up with fewer people.",
                "There are only %(places)s places in all. Sign up with fewer people.",
                places,
            )
            % {"places": places}
        )


class AddressTaken(DomainError):
    """Another consultation has that address."""

    def __init__(self) -> None:
        super().__init__(_("Another consultation already has this address. Choose another title."))


class NamesSettled(DomainError):
    """Somebody has written, and was told how names are shown."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("People have written and were told how their names are shown, so this can no longer be changed.")
        )


class NotApproved(DomainError):
    """Two pairs of eyes see a draft before everyone does."""


class UnfitStage(DomainError):
    """A step that cannot follow on where the consultation stands."""


class ChangedSinceSeen(DomainError):
    """The draft is not the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(_("The draft was changed while you looked at it. Look at it once more, and approve it then."))


class NoOfficial(DomainError):
    """A place in a team is for officials."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Only officials can be in the team. Choose one from the list, or ask an administrator for the role.")
        )


class InTeamAlready(DomainError):
    """Somebody has one place in a team."""

    def __init__(self) -> None:
        super().__init__(_("This colleague is in the team already. Change the role in the list instead."))


class LastOwner(DomainError):
    """Somebody has to answer for a consultation."""

    def __init__(self) -> None:
        super().__init__(_("The hearing needs an owner. Make a colleague owner first, then change or remove this one."))


class StopSentenceMissing(DomainError):
    """Nobody is kept from writing without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Write one sentence that tells everyone why writing is stopped, and for how long if you know.")
        )


class ReasonMissing(DomainError):
    """What everyone could read is not changed or taken away without a word."""

    status = 422


class NotStored(DomainError):
    """The machine could not keep a file."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be stored, and nothing was changed. Tell those who run the site about it.")
        )


class ChangedMeanwhile(DomainError):
    """A colleague saved another text since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A colleague saved these texts while you wrote. Yours stand in the form and are not saved yet. "
                "Compare them below, bring them together and save again."
            )
        )


class BoxIsOpen(DomainError):
    """A municipality has one suggestion box."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("The suggestion box is open already. Its texts and topics can be edited."))


class NotNews(DomainError):
    """Hearings and the suggestion box are edited on pages of their own."""

    def __init__(self) -> None:
        super().__init__(_("This is no news. Edit it on its own page at the desk."))


class PartyListed(DomainError):
    """A hearing party stands on the list once."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is on the list already.") % {"name": name})


class PartyInvited(DomainError):
    """Who was invited is part of the case."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("The party was invited or has answered, so it stays on the list. Its name can be mended."))


class UnfitInvitation(DomainError):
    """An invitation that nobody could follow, or that has not gone out."""

    status = 422


class NoSuchNumber(DomainError):
    """An answer is a contribution that was received."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("No contribution to this hearing has that number. Type in what came in another way first."))
