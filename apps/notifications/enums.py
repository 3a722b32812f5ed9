"""States of a mail, and what can come of an attempt to send it."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailStatus(models.TextChoices):
    """Where a mail is on its way."""

    QUEUED = "queued", _("Queued")
    IN_FLIGHT = "in_flight", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not sent")


class Verdict(Enum):
    """What the mail server said."""

    SENT = auto()
    LATER = auto()
    REFUSED = auto()
