"""What was promised in a hearing, and what becomes of it."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.publications.enums.milestones import OPEN, MilestoneStatus

LONGEST_PROMISE, LONGEST_SENTENCE = 4_000, 500
LABEL = RegexValidator(r"^[1-9][0-9]{0,2}\.[1-9][0-9]{0,3}\Z", _("Write the number of the statement, such as 3.2."))


class Milestone(models.Model):
    """One promise: what, by when, and who answers for it. It is public from the beginning, and never deleted.

    The department is what everyone reads; the owner is who is reminded on the desk.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)
    title = models.CharField(_("what is promised"), max_length=200)
    text = models.TextField(_("in more words"), max_length=LONGEST_PROMISE, blank=True)
    text_html = models.TextField(blank=True)
    promise = models.CharField(_("statement in the white paper"), max_length=12, blank=True, validators=[LABEL])
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(_("department"), max_length=120)
    due_on = models.DateField(_("by"))
    status = models.CharField(_("status"), max_length=10, choices=MilestoneStatus.choices)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="milestone_number_once"),
            models.UniqueConstraint(fields=["consultation", "form_key"], name="milestone_made_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], condition=Q(status__in=OPEN), name="milestone_open_by_day"),
        ]

    def __str__(self) -> str:
        return f"promise {self.number} of consultation {self.consultation_id}"

    @property
    def is_open(self) -> bool:
        """It is to be kept still."""
        return self.status in OPEN

    def is_overdue(self, today: date) -> bool:
        """Its day is over, and it is not kept."""
        return self.is_open and self.due_on < today


class MilestoneStep(models.Model):
    """What was told of a promise at one moment: to everyone on its page, and to followers by mail."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=10, choices=MilestoneStatus.choices)
    due_on = models.DateField()
    sentence = models.CharField(_("what everyone is told"), max_length=LONGEST_SENTENCE, blank=True)
    fingerprint = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=MilestoneStatus.DROPPED) | ~Q(sentence=""), name="promise_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} of promise {self.milestone_id}"
