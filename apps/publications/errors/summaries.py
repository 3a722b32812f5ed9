"""What can be in the way of a summary."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class CannotCite(DomainError):
    """A number stands for nothing that can be cited."""

    status = 422

    def __init__(self, numbers: str) -> None:
        super().__init__(
            _("No published contribution of this consultation has these numbers: %(numbers)s. Correct them.")
            % {"numbers": numbers}
        )


class NothingToPublish(DomainError):
    """A summary without statements, or with one that cites nobody."""

    status = 422

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(
            sentence or _("Write at least one statement before you publish, and let each cite a contribution.")
        )


class UnfitStatement(DomainError):
    """A statement cannot stand as it is."""

    status = 422


class WrittenMeanwhile(DomainError):
    """A colleague saved or published after this page was opened. Nothing was overwritten."""

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(
            sentence
            or _(
                "The summary was saved or published after you opened it. "
                "What you wrote is still below: compare, then save again."
            )
        )
