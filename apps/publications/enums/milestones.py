"""States of what was promised, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class MilestoneStatus(models.TextChoices):
    """Where a promise stands."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not going to happen")


# What is not over yet: it can be overdue.
OPEN = (MilestoneStatus.PLANNED, MilestoneStatus.UNDER_WAY)
_FACTS = frozenset({"milestone", "status", "due", "fingerprint"})
MILESTONE_ADDED = Kind("milestone.added", _("Promise %(milestone)s was made."), _FACTS)
MILESTONE_CHANGED = Kind("milestone.changed", _("It was told what becomes of promise %(milestone)s."), _FACTS)
