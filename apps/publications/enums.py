"""States of what officials publish, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class SummaryStatus(models.TextChoices):
    """Who sees a summary."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


_BLOCK = frozenset({"block"})

SUMMARY_DRAFTED = Kind("summary.drafted", _("An official wrote on the summary."), frozenset({"statements"}))
SUMMARY_PUBLISHED = Kind(
    "summary.published",
    _("The summary was published (version %(version)s), citing %(cited)s contributions."),
    frozenset({"version", "cited", "numbers", "fingerprint"}),
)
TEXT_BLOCK_ADDED = Kind("textblock.added", _("A text for questions that return was added (%(block)s)."), _BLOCK)
TEXT_BLOCK_CHANGED = Kind("textblock.changed", _("A text for questions that return was changed (%(block)s)."), _BLOCK)
TEXT_BLOCK_RETIRED = Kind(
    "textblock.retired", _("A text for questions that return is no longer used (%(block)s)."), _BLOCK
)
TEXT_BLOCK_RESUMED = Kind("textblock.resumed", _("A text for questions that return is used again (%(block)s)."), _BLOCK)
