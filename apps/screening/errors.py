"""Refusals of changes to the lists."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class AlreadyListed(DomainError):
    """The list holds this already."""

    def __init__(self) -> None:
        super().__init__(_("This is on the list already. Search for it and change it there."))


class AlreadyEnded(DomainError):
    """Somebody else has ended it meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer in force already."))


class UnfitName(DomainError):
    """The register takes no such name; the sentence says why."""


class UnfitPeriod(DomainError):
    """The end lies before the beginning."""

    def __init__(self) -> None:
        super().__init__(_("The last day lies before the first. Check both."))
