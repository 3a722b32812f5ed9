"""What a moderator can decide."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Outcome(models.TextChoices):
    """The decision on a contribution: on one that waits, and on one that everyone reads or could read."""

    PUBLISH = "publish", _("Publish")
    REFUSE = "refuse", _("Refuse")
    RETURN = "return", _("Ask for an edit")
    MOVE = "move", _("Move to another topic")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")


class Verdict(models.TextChoices):
    """What a second reader would have done."""

    PUBLISH = "publish", _("I would publish it")
    REFUSE = "refuse", _("I would not publish it")


DECISION_READ_AGAIN = Kind("decision.reviewed", _("A second moderator read a text that had been decided on."))

# Decisions that find something wrong with the text: each takes a reason and a sentence that everyone can read.
WITH_REASON = (Outcome.REFUSE, Outcome.RETURN, Outcome.HIDE)
