"""What officials can choose to read while they put contributions under statements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    """Whether something came before the deadline."""

    ON_TIME = "on_time", _("On time")
    LATE = "late", _("After the deadline")


class Shown(models.TextChoices):
    """How far a contribution has come."""

    UNPLACED = "unplaced", _("Under no statement yet")
    UNTREATED = "untreated", _("Not treated yet")


class Way(models.TextChoices):
    """In which way something came, the site among them."""

    SITE = "site", _("On the site")
    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone call")
    MEETING = "meeting", _("Said at a meeting")
    OTHER = "other", _("In another way")


class Letters(models.TextChoices):
    """How letters are shown that several people sent."""

    ONCE = "once", _("Each letter once")
    SEVERAL = "several", _("Only what several sent")
