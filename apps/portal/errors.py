"""What can be in the way when people ask for their data or leave."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class ExportUnderWay(DomainError):
    """A copy is being put together already."""

    def __init__(self) -> None:
        super().__init__(_("A copy of your data is being put together already. You get a mail when it is ready."))


class TooManyExports(DomainError):
    """Three copies in a day are enough."""

    status = 429

    def __init__(self) -> None:
        super().__init__(_("You have asked for three copies in a day. Download one of those, or come back tomorrow."))


class StaffRole(DomainError):
    """A member of staff cannot delete their account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This account has a staff role, or will have one. Ask an administrator to end it first, so that the"
                " municipality knows who takes over."
            )
        )


class NotYourAddress(DomainError):
    """What was typed to confirm is not the address of the account."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("This is not the e-mail address of your account. Type it as it stands above."))
