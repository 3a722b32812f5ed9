"""Texts that officials keep for questions that return."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_BLOCK = 5_000


class TextBlock(models.Model):
    """A text that officials keep for questions that return. Whoever uses one goes on writing in a copy of it.

    `revision` counts every change, so that of two officials at work the second sees what the first wrote.
    """

    title = models.CharField(_("title"), max_length=140, unique=True)
    body = models.TextField(_("text"), max_length=LONGEST_BLOCK)
    body_html = models.TextField()
    is_offered = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
