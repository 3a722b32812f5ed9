"""The English version of what officials write in Danish."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.consultations.models.consultations import Consultation


class EnglishText(models.Model):
    """One text of a consultation in English. The Danish one counts.

    `place` says which text it is (`queries.english`). `danish` is the text that was translated: while it stands, the
    English is up to date; `danish_changed_at` tells since when it does not. `version` is the version of the proposal
    that a title, lede or proposal belongs to, 0 in a draft.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="english_texts")
    place = models.CharField(max_length=40)
    danish = models.TextField()
    text = models.TextField(_("English version"))
    html = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    danish_changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "place"], name="english_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} in English"
