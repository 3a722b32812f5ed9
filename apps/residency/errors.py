"""What can go wrong when residency is granted."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class AlreadyResident(DomainError):
    """The person has a residency that holds."""

    def __init__(self) -> None:
        super().__init__(_("This person is already a verified resident."))
