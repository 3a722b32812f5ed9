"""What a moderator reads of a text."""

from django.utils.safestring import SafeString

from apps.common.richtext import plain, trusted
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution

CONTEXT = 400


def shown_text(contribution: Contribution) -> SafeString | None:
    """Return the text; what its author took back, or what was erased, is shown to nobody."""
    if is_gone(contribution):
        return None
    return trusted(contribution.body_html)


def is_gone(contribution: Contribution) -> bool:
    """Tell whether there is nothing left to read: its author took it back, or it was erased."""
    return contribution.status == ContributionStatus.WITHDRAWN or contribution.text_erased_at is not None


def answered_in(contribution: Contribution) -> str:
    """Return the beginning of what a text answers, when everyone can read that."""
    answered = contribution.in_reply_to
    return plain(answered.body, CONTEXT) if answered and answered.is_published else ""
