"""Who works with what came in another way than on the site, and what of it can be received."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official
from apps.common.calendar import local, start_of_day
from apps.common.identity_numbers import MASK, find_identity_numbers
from apps.common.permissions import Sentence, permission
from apps.common.wording import day
from apps.consultations.models import Consultation, Phase
from apps.consultations.rules import why_not_of_team
from apps.discussions.models import OutsideVoice

# As long as a notice of the decision can be due (planloven section 31), and complaints after it.
SENDERS_KEPT = timedelta(days=1096)
# Texts that staff type in for others, in which an identity number is masked; one in an e-mail address is refused.
MASKED = ("body", "name", "address", "postal_line")
# What stands under a letter that nobody signed.
_NO_NAMES = frozenset({"anonym", "anonymous", "ukendt", "unknown", "n.n.", "nn", "x", "?", "-"})


@permission("discussions.enter_voice")
def why_not_enter(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Type in what came by letter, mail, telephone or at a meeting: the team, once everyone can see the hearing.

    The one place that says who works with voices from outside the web: all other rules about them ask it.
    """
    if not is_official(viewer):
        return _("Only officials of the municipality type in what came by letter, e-mail or telephone.")
    if not consultation.is_published:
        return _("The hearing is not published yet, so nothing can be typed in. Publish it first.")
    return why_not_of_team(viewer, consultation)


@permission("discussions.correct_voice")
def why_not_correct(viewer: Any, voice: OutsideVoice) -> Sentence | None:
    """Correct what was typed in: who typed it, before a moderator has decided."""
    refused = why_not_enter(viewer, voice.contribution.consultation)
    if refused is None and voice.typed_by_id != viewer.pk:
        return _("A colleague typed this in. Only they can correct it.")
    if refused is None and not voice.contribution.is_waiting:
        return _("A moderator has decided on it, so how it was typed in can no longer be corrected.")
    return refused


@permission("discussions.open_scan")
def why_not_open_scan(viewer: Any, voice: OutsideVoice) -> Sentence | None:
    """Open the scan of a letter: those who type letters in, and moderators. Pair: `queries.visible_scans`."""
    if is_moderator(viewer):
        return None
    return why_not_enter(viewer, voice.contribution.consultation)


@permission("discussions.write_to_sender")
def why_not_write_to_sender(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Print a letter to somebody who wrote by letter: those who type letters in, and moderators, who decide."""
    return None if is_moderator(viewer) else why_not_enter(viewer, consultation)


def came_late(phases: Sequence[Phase], *, on: date) -> bool:
    """Tell whether what came to the municipality on a local day came after the last deadline as it stands.

    Only the day is known, so a deadline within the day is kept by all of that day.
    """
    ends = [phase.closes_at for phase in phases if phase.accepts_contributions]
    deadlines = [end for end in ends if end is not None]
    return bool(ends) and len(deadlines) == len(ends) and start_of_day(on) >= max(deadlines)


def why_not_on_this_day(consultation: Consultation, on: date, *, at: datetime) -> Sentence | None:
    """Return why nothing can have come on that day: it is to come, or nobody could know of the hearing, or None."""
    if on > local(at).date():
        return _("This day has not come yet. Write the day on which it came to the municipality.")
    published = consultation.published_at and local(consultation.published_at).date()
    if published and on < published:
        return _(
            "The hearing was published on %(day)s, so nothing can have come to it before. Check the day; what came "
            "earlier belongs to another case."
        ) % {"day": day(published)}
    return None


def why_no_sender(name: str) -> Sentence | None:
    """Return why a name cannot stand for a sender, or None.

    In a hearing nobody is anonymous: who objects is told of the decision (planloven section 31). Whose name is
    protected stands there as a citizen of the municipality (CPR-loven section 28).
    """
    if not name or name.casefold() in _NO_NAMES or not any(sign.isalpha() for sign in name.replace(MASK, "")):
        return _(
            "Write the name of the sender. A text without a sender is no response to a hearing: nobody can be told of "
            "the decision. Keep it with the case. If the name is protected, write it all the same, and tick that it is."
        )
    return why_not_private(name)


def why_not_private(text: str) -> Sentence | None:
    """Return why a private line about a sender cannot be kept: identity numbers are kept nowhere. Else None."""
    return _("This looks like an identity number. Leave it out.") if find_identity_numbers(text) else None
