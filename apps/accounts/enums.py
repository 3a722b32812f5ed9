"""Staff roles, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Role(models.TextChoices):
    """What somebody of the municipality does here. Each is a Django group of that name."""

    MODERATOR = "moderator", _("Moderator")
    OFFICIAL = "official", _("Official")
    ADMINISTRATOR = "administrator", _("Administrator")


ROLE_GRANTED = Kind("role.granted", _("Somebody became %(role)s."), frozenset({"role"}))
