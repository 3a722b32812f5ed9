"""What goes and comes by post: reasons to authors who have no account, and the appeals that they write on paper."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official
from apps.common.calendar import local, start_of_day
from apps.common.permissions import Sentence, permission, why_not
from apps.common.wording import day
from apps.moderation.models import Decision
from apps.moderation.rules import ENOUGH, free_moderators, why_nothing_to_appeal, why_too_late


@permission("moderation.post_statements")
def why_not_post(viewer: Any) -> Sentence | None:
    """Moderators and officials send reasons by post to authors who have no account."""
    if is_moderator(viewer) or is_official(viewer):
        return None
    return _("Only moderators and officials send letters to authors.")


@permission("moderation.enter_appeal")
def why_not_enter_appeal(viewer: Any, decision: Decision) -> Sentence | None:
    """Whoever types in what comes on paper types in an appeal too, but never who decided first.

    Who typed it decides nothing on it, so a moderator leaves it to others where too few would be left to decide.
    """
    contribution = decision.case.contribution
    refused = why_not("discussions.enter_voice", viewer, contribution.consultation)
    if refused is not None:
        return refused
    if decision.decided_by_id == viewer.pk:
        return _("You made the decision that this appeal is about. A colleague has to type the appeal in.")
    free = free_moderators(contribution)
    if viewer.pk in free and len(free) <= ENOUGH:
        return _(
            "You are one of few who can decide on this appeal, and who types it in cannot. Ask a colleague who is no "
            "moderator to type it in."
        )
    return None


def why_not_appealed_on(decision: Decision, on: date, *, at: datetime) -> Sentence | None:
    """Return why an appeal that came on that local day is not taken, or None.

    Whether it is within half a year goes by that day, all of it, and not by when it is typed in.
    """
    decided = local(decision.decided_at).date()
    if on > local(at).date():
        return _("This day has not come yet. Write the day on which it came to the municipality.")
    if on < decided:
        return _("The decision is of %(day)s, so no appeal against it can have come before. Check the day.") % {
            "day": day(decided)
        }
    return why_nothing_to_appeal(decision) or why_too_late(decision.decided_at, at=start_of_day(on))
