"""What can be in the way of a contribution."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitText(DomainError):
    """The text cannot be received as it is."""

    status = 422


class CannotReply(DomainError):
    """There is nothing here to reply to."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("The contribution you reply to is not in this topic. Open the topic again and choose Reply there.")
        )


class AlreadyDecided(DomainError):
    """Somebody decided first, or the author withdrew."""

    def __init__(self) -> None:
        super().__init__(_("This contribution no longer waits: it was decided or withdrawn meanwhile."))


class EditedSinceRead(DomainError):
    """The author changed the text after it was read. Nothing was decided."""

    def __init__(self) -> None:
        super().__init__(
            _("The author changed the text after you opened it. Read both versions below, then decide again.")
        )


class SameTopic(DomainError):
    """It is there already."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The contribution is already in that topic. Choose another one of the same consultation."))
