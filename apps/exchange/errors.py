"""What can be in the way of an import."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.exchange.engine.rows import SourceProblem


class NoSource(DomainError):
    """There is nothing at that place, or nothing of that format."""


class BrokenSource(DomainError):
    """Rows of the source cannot be imported; `problems` says which and why. Nothing was written."""

    def __init__(self, problems: Sequence[SourceProblem], *, can_be_left_out: bool) -> None:
        correct = _("Nothing was imported. Correct these rows, or leave them out with --skip-bad.")
        super().__init__(correct if can_be_left_out else _("Nothing was imported: the file cannot be read."))
        self.problems = problems


class NotImported(DomainError):
    """The address belongs to a consultation of the municipality's own."""

    def __init__(self) -> None:
        super().__init__(_("A consultation that was not imported has this address. Choose another one."))
