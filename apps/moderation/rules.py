"""Who works the queue, and on what."""

import re
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator
from apps.common.permissions import Sentence, permission
from apps.discussions.models import Contribution
from apps.screening.rules import why_not_publishable

LONGEST_SENTENCE = 500
LONGEST_FACTS = 2_000
# Six months, however long they are.
APPEAL_TAKEN = timedelta(days=184)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# Eight digits in a row or in pairs, as Danish telephone numbers are written; a date's year makes no pair of its own.
_TELEPHONE = re.compile(r"(?<![\d.,/-])(?:\+45 ?)?(?:\d{8}|\d{2}(?: \d{2}){3}|\d{4} \d{4})(?![\d.,/-]?\d)")


@permission("moderation.work_queue")
def why_not_work(viewer: Any) -> Sentence | None:
    """Moderators see the queue."""
    return None if is_moderator(viewer) else _("Only moderators can open the queue.")


@permission("moderation.decide_contribution")
def why_not_decide(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators decide on what others wrote."""
    refused = why_not_work(viewer)
    if refused is None and contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to decide on it.")
    return refused


@permission("moderation.read_facts")
def why_not_read_facts(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators read what colleagues noted for each other, except about their own texts."""
    return why_not_decide(viewer, contribution)


def why_not_public(sentence: str) -> Sentence | None:
    """Return why a sentence cannot be shown to everyone: a reason must not repeat what it refuses."""
    if _ADDRESS.search(sentence) or _TELEPHONE.search(sentence):
        return _(
            "The sentence looks as if it holds an e-mail address or a telephone number. "
            "Leave it out: everyone can read the sentence."
        )
    return why_not_publishable(sentence)


def why_not_kept(facts: str) -> Sentence | None:
    """Return why internal facts cannot be stored: identity numbers are stored nowhere."""
    return why_not_publishable(facts)
