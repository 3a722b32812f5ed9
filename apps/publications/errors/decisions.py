"""What can be in the way of a recommendation or a decision."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.permissions import Sentence


class UnfitDecision(DomainError):
    """A recommendation or a meeting cannot stand as it is; `field` is where it was typed."""

    status = 422

    def __init__(self, sentence: Sentence, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class DecisionChangedMeanwhile(DomainError):
    """A colleague saved or published it after this page was opened. Nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A colleague saved or published this after you opened it. What you wrote is still in the form: "
                "compare, then save again."
            )
        )
