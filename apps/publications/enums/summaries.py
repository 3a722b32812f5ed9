"""States of a summary, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class SummaryStatus(models.TextChoices):
    """Who sees a summary."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


SUMMARY_DRAFTED = Kind("summary.drafted", _("An official wrote on the summary."), frozenset({"statements"}))


SUMMARY_PUBLISHED = Kind(
    "summary.published",
    _("The summary was published (version %(version)s), citing %(cited)s contributions."),
    frozenset({"version", "cited", "numbers", "fingerprint"}),
)
