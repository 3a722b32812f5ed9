"""What can be in the way of a change of the municipality's rules."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class ReasonTaken(DomainError):
    """There is a reason of that name."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is a reason of that title already. Change that one, or choose another title."))


class LawMissing(DomainError):
    """Against the law, but no law is named."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Name the law and its section: a text can only be called illegal by a law."))


class BasisTaken(DomainError):
    """There is a legal basis of that name."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is a legal basis of that name already. Change that one, or choose another name."))
