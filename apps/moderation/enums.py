"""What a moderator can decide."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """The decision on a contribution: on one that waits, and on one that everyone reads or could read."""

    PUBLISH = "publish", _("Publish")
    REFUSE = "refuse", _("Refuse")
    RETURN = "return", _("Ask for an edit")
    MOVE = "move", _("Move to another topic")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    REDACT = "redact", _("Redact a passage")


# Decisions that find something wrong with the text: each takes a reason and a sentence that everyone can read.
WITH_REASON = (Outcome.REFUSE, Outcome.RETURN, Outcome.HIDE, Outcome.REDACT)
