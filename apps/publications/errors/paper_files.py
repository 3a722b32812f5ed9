"""What can be in the way of making a white paper's PDF again."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class NothingFailed(DomainError):
    """The PDF did not fail, or somebody asked for it again meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("The PDF is being made already, or is there. Open the white paper to see."))
