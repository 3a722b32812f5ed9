"""What can be in the way of an import, and of a case file."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class Problem(Protocol):
    """A row that cannot be imported: where it begins, and why."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def reason(self) -> str:
        """A sentence."""


class NoSource(DomainError):
    """There is nothing at that place, or nothing of that format."""


class BrokenSource(DomainError):
    """Rows of the source cannot be imported; `problems` says which and why. Nothing was written."""

    def __init__(self, problems: Sequence[Problem], *, can_be_left_out: bool) -> None:
        correct = _("Nothing was imported. Correct these rows, or leave them out with --skip-bad.")
        super().__init__(correct if can_be_left_out else _("Nothing was imported: the file cannot be read."))
        self.problems = problems


class NotImported(DomainError):
    """The address belongs to a consultation of the municipality's own."""

    def __init__(self) -> None:
        super().__init__(_("A consultation that was not imported has this address. Choose another one."))


class NoSuchCase(DomainError):
    """No consultation has that address."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            _("No consultation has the address “%(slug)s”. It is the part of its page's address after /consultations/.")
            % {"slug": slug}
        )


class CaseNotPublic(DomainError):
    """A draft is no case yet: there is nothing to file."""

    def __init__(self) -> None:
        super().__init__(_("This is a draft. A case file can be put together once it is published."))


class UnfitSince(DomainError):
    """The day since when is no day, or none that has begun."""

    status = 422


class CaseFileUnderWay(DomainError):
    """A case file of this consultation is being put together already."""

    def __init__(self) -> None:
        super().__init__(
            _("A case file is being put together already. Wait until it stands below, and then ask for another one.")
        )


class CaseFileOutdated(DomainError):
    """Since it was made, something was taken from the public that it still shows."""

    def __init__(self) -> None:
        super().__init__(
            _("Since this file was made, something that it holds was taken from the public. Ask for a new one.")
        )


class CaseNotWritten(DomainError):
    """The file could not be put together or written. Nothing of it is left."""

    status = 503
