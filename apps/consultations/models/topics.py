"""Topics and key figures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.consultations.enums import (
    TopicIcon,
)
from apps.consultations.models.consultations import Consultation
from apps.consultations.models.places import Stoppable


class Topic(Stoppable):
    """A named question inside a consultation; holds one thread. Counts are kept, not counted."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(_("address"), max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=140)
    question = models.CharField(_("question to people"), max_length=300, blank=True)
    icon = models.CharField(_("sign"), max_length=20, choices=TopicIcon.choices, default=TopicIcon.CHAT)
    facts_source = models.CharField(_("source of the facts"), max_length=200, blank=True)
    published_count = models.PositiveIntegerField(default=0)
    answered_count = models.PositiveIntegerField(default=0)
    last_activity_at = models.DateTimeField(null=True)
    # Where everything went that stood here; its address stays, and leads there.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    merged_at = models.DateTimeField(null=True)
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "slug"], name="topic_slug_once"),
            models.UniqueConstraint(fields=["consultation", "position"], name="topic_position_once"),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False, published_count=0, answered_count=0),
                name="topic_merged_is_empty",
            ),
            models.UniqueConstraint(fields=["consultation", "form_key"], name="topic_made_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Fact(models.Model):
    """A key figure of the consultation, or of one topic."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="facts")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="facts")
    position = models.PositiveSmallIntegerField()
    value = models.CharField(_("figure"), max_length=40)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    label = models.CharField(_("what it says"), max_length=140)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "position"], name="fact_position_once_a_topic"),
            models.UniqueConstraint(
                fields=["consultation", "position"], condition=Q(topic=None), name="fact_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"
