"""What can be in the way of an objection to how a white paper renders a contribution."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitObjection(DomainError):
    """What is wrong, or the answer to it, cannot stand as it is."""

    status = 422


class ObjectedBefore(DomainError):
    """There is an objection about this contribution already: there can be one."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have objected to how the white paper renders this contribution before, and that stands. "
                "An official reads it. Write to the municipality if there is more to say."
            )
        )


class RepliedBefore(DomainError):
    """A colleague answered the objection meanwhile. Nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _("The objection was answered meanwhile. What you wrote is still here: compare with the answer.")
        )
