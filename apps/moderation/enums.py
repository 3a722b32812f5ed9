"""What a moderator can decide."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """The decision on a contribution that waits."""

    PUBLISH = "publish", _("Publish")
    REFUSE = "refuse", _("Refuse")
    MOVE = "move", _("Move to another topic")
