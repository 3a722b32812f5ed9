"""What can go wrong when a consultation is run."""

from django.utils.translation import gettext_lazy as _

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
