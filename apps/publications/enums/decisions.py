"""How a case is decided, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class DecidingBody(models.TextChoices):
    """Who holds a meeting at which the case is treated."""

    COMMITTEE = "committee", _("Committee")
    COUNCIL = "council", _("Council")


class DecisionOutcome(models.TextChoices):
    """What a committee or the council makes of the case. Blank is a meeting to come."""

    ADOPTED = "adopted", _("Adopted")
    ADOPTED_WITH_CHANGES = "with_changes", _("Adopted with changes")
    REJECTED = "rejected", _("Rejected")
    SENT_BACK = "sent_back", _("Sent back")


# With these a case can end; what is sent back is treated again.
ENDS = (DecisionOutcome.ADOPTED, DecisionOutcome.ADOPTED_WITH_CHANGES, DecisionOutcome.REJECTED)

RECOMMENDATION_DRAFTED = Kind("recommendation.drafted", _("An official wrote on the administration's recommendation."))
RECOMMENDATION_PUBLISHED = Kind(
    "recommendation.published",
    _("The administration's recommendation was published (version %(version)s)."),
    frozenset({"version", "fingerprint"}),
)
CASE_MEETING_ADDED = Kind(
    "casemeeting.added", _("Meeting %(meeting)s about the case was noted."), frozenset({"meeting"})
)
CASE_MEETING_DRAFTED = Kind(
    "casemeeting.drafted",
    _("An official wrote on meeting %(meeting)s about the case."),
    frozenset({"meeting"}),
)
CASE_MEETING_REMOVED = Kind(
    "casemeeting.removed",
    _("Meeting %(meeting)s about the case was taken away before it was published."),
    frozenset({"meeting"}),
)
CASE_MEETING_PUBLISHED = Kind(
    "casemeeting.published",
    _("What meeting %(meeting)s makes of the case was published (version %(version)s)."),
    frozenset({"meeting", "version", "outcome", "final", "fingerprint"}),
)
# What the entry says of a meeting to come.
TO_COME = "to_come"
