"""The municipality's answer, while it is written and read, and who has to give it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.forms import NumberFree
from apps.common.richtext import one_line
from apps.discussions.rules import LONGEST_TEXT
from apps.municipality.queries import name_in_office
from apps.publications.forms.texts import LongText, without_identity_number
from apps.publications.models import LONGEST_COMMENT, LONGEST_DEPARTMENT, TextBlock

_NUMBERS = re.compile(r"\s*(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?\s*")
MOST_NUMBERS = 1_000


class DraftForm(forms.Form):
    """An answer that is not published yet: nothing of it has to be there."""

    use_required_attribute = False

    body = LongText(
        label=_("The municipality's answer"),
        help_text=_("Begin with yes, no or the short answer."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where readers can check it, for example: Environmental report, section 7.4."),
        max_length=200,
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_source(self) -> str:
        """Return the source on one line."""
        return without_identity_number(one_line(self.cleaned_data["source"]))

    def clean_body(self) -> str:
        """Return the answer; a national identity number is refused here too, so that a preview says so."""
        return without_identity_number(self.cleaned_data["body"])


class AnswerForm(DraftForm):
    """The municipality's answer, which is published at once."""

    body = LongText(
        label=_("The municipality's answer"),
        help_text=_("Begin with yes, no or the short answer."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the answer before you publish it.")},
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    revision = None  # type: ignore[assignment] # Django's way of leaving a field out

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = not is_draft


class ReaderForm(forms.Form):
    """Who reads an answer before it is published. Nobody has to be chosen to save or publish the form around it."""

    use_required_attribute = False

    reader = forms.TypedChoiceField(
        label=_("Second reader"),
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "select"}),
        error_messages={
            "required": _("Choose who reads the answer."),
            "invalid_choice": _("Choose a colleague from the list."),
        },
    )

    def __init__(self, *args: Any, officials: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officials = {person.pk: person for person in officials}
        named = ((person.pk, name_in_office(person)) for person in officials)
        self.fields["reader"].choices = [("", _("Choose a colleague")), *named]  # type: ignore[attr-defined]

    def clean_reader(self) -> User:
        """Return the person."""
        return self._officials[self.cleaned_data["reader"]]


class CommentForm(NumberFree):
    """What the reader of an answer wants changed."""

    use_required_attribute = False

    comment = LongText(
        label=_("What has to be changed"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what has to be changed before you send it back.")},
    )


class AssignForm(NumberFree):
    """Who has to answer something: an official or a department."""

    official = forms.TypedChoiceField(
        label=_("Official"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "select"}),
        error_messages={"invalid_choice": _("Choose a colleague from the list.")},
    )
    department = forms.CharField(
        label=_("or department"),
        max_length=LONGEST_DEPARTMENT,
        required=False,
        widget=forms.TextInput(attrs={"list": "departments"}),
    )

    def __init__(self, *args: Any, officials: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officials = {person.pk: person for person in officials}
        named = ((person.pk, name_in_office(person)) for person in officials)
        self.fields["official"].choices = [("", _("Nobody in particular")), *named]  # type: ignore[attr-defined]

    def clean_official(self) -> User | None:
        """Return the person, or None."""
        return self._officials.get(self.cleaned_data["official"])

    def clean_department(self) -> str:
        """Return the department on one line."""
        return one_line(self.cleaned_data["department"])


class PickForm(forms.Form):
    """Numbers that one answer is given to: written one by one, or as a stretch."""

    numbers = forms.CharField(
        label=_("Numbers"),
        max_length=2_000,
        required=False,
        help_text=_("For example: 12, 15-18"),
    )

    def clean_numbers(self) -> list[int]:
        """Return the numbers, each once."""
        found: set[int] = set()
        for part in filter(str.strip, re.split(r"[,;]", self.cleaned_data["numbers"])):
            match = _NUMBERS.fullmatch(part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
            if not first <= last < first + MOST_NUMBERS:
                raise forms.ValidationError(_("Write numbers with commas between, for example: 12, 15-18."))
            found.update(range(first, last + 1))
        return sorted(found)


def with_block(data: Mapping[str, Any], block: TextBlock, form: type[DraftForm] = AnswerForm) -> DraftForm:
    """Return the answer as it was typed, unjudged, with the block's text behind it."""
    typed = {name: str(data.get(name, "")) for name in form.base_fields}
    body = "\n\n".join(part for part in (typed["body"].rstrip(), block.body) if part)
    return form(initial=typed | {"body": body})
