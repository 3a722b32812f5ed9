"""States of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailStatus(models.TextChoices):
    """Where a mail is on its way."""

    QUEUED = "queued", _("Queued")
    IN_FLIGHT = "in_flight", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")
