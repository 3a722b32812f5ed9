"""What can be in the way of a text for questions that return."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitBlock(DomainError):
    """A text block cannot stand as it is."""

    status = 422


class BlockTaken(DomainError):
    """There is a text block of that title."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is a text block of that title already. Change that one, or choose another title."))


class BlockChangedMeanwhile(DomainError):
    """A colleague saved the text block after this page was opened. Nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A colleague saved this text block after you opened it. What you wrote is still in the form: compare, "
                "then save again."
            )
        )
