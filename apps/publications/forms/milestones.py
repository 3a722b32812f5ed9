"""What officials type about promises."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.forms import KeyedForm, NumberFree, day_field
from apps.municipality.queries import name_in_office
from apps.publications.engine.milestones import MilestoneText
from apps.publications.enums.milestones import MilestoneStatus
from apps.publications.forms.decisions import MARKDOWN, Revised
from apps.publications.forms.texts import LongText
from apps.publications.models.milestones import LABEL, LONGEST_PROMISE, LONGEST_SENTENCE, Milestone


class MilestoneForm(KeyedForm, NumberFree, Revised):
    """A promise: what, by when, and who answers for it."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("What is promised"), max_length=200, help_text=_("In one line, so that one can see whether it is kept.")
    )
    text = LongText(
        label=_("In more words"),
        max_length=LONGEST_PROMISE,
        required=False,
        help_text=MARKDOWN,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    promise = forms.CharField(
        label=_("Statement in the white paper"),
        max_length=12,
        required=False,
        validators=[LABEL],
        help_text=_("The number of the statement whose reply holds the promise, such as 3.2."),
    )
    department = forms.CharField(
        label=_("Department"), max_length=120, help_text=_("Everyone reads who answers for it.")
    )
    owner = forms.ChoiceField(
        label=_("Who answers for it"), help_text=_("A colleague of the team: on their desk the promise comes due.")
    )
    due_on = day_field(label=_("By"))
    status = forms.ChoiceField(label=_("Status"), choices=MilestoneStatus.choices)

    def __init__(self, *args: Any, owners: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), name_in_office(person)) for person in owners]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> MilestoneText:
        """Return what a valid form says."""
        names = ("title", "text", "promise", "department", "due_on", "status")
        return MilestoneText(
            owner_id=int(self.cleaned_data["owner"]), **{name: self.cleaned_data[name] for name in names}
        )


class MilestoneChangeForm(MilestoneForm):
    """What becomes of a promise, with the sentence that tells it."""

    sentence = forms.CharField(
        label=_("What has changed"),
        max_length=LONGEST_SENTENCE,
        help_text=_("In one sentence. Everyone reads it here, and those who follow the hearing get it by mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def milestone_as_typed(row: Milestone) -> dict[str, Any]:
    """Return a promise as its form shows it."""
    names = ("title", "text", "promise", "department", "due_on", "status", "revision")
    return {name: getattr(row, name) for name in names} | {"owner": str(row.owner_id)}
