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


class UnfitMeeting(DomainError):
    """A meeting that makes no sense, or that would take from people what they signed up for.

    `field` names what is to be mended.
    """

    status = 422

    def __init__(self, sentence: str | Promise, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class ReasonMissing(DomainError):
    """A meeting is not called off without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Write one sentence that tells everyone why the meeting is called off."))


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


class StopSentenceMissing(DomainError):
    """Nobody is kept from writing without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Write one sentence that tells everyone why writing is stopped, and for how long if you know.")
        )
