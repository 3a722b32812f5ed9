"""What can be in the way of an import."""

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
