"""How residency is proved, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Method(models.TextChoices):
    """The way in which somebody proved to live here."""

    DESK = "desk", _("At the town-hall desk")


RESIDENCY_GRANTED = Kind(
    "residency.granted", _("A person was verified as a resident (%(method)s)."), frozenset({"method"})
)
RESIDENCY_ENDED = Kind("residency.ended", _("A person's verified residency ended."), frozenset())
