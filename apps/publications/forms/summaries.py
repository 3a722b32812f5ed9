"""The statements of a summary."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from apps.common.richtext import one_line
from apps.common.wording import quoted
from apps.consultations.models import Consultation
from apps.discussions.queries import published_by_numbers
from apps.publications.engine.citations import MOST_NUMBERS, Numbers, read_numbers, written_numbers
from apps.publications.engine.statements import StatementText
from apps.publications.forms.texts import LongText, without_identity_number
from apps.publications.models import Statement
from apps.publications.queries import is_older_in_english

PREFIX = "statements"


MOST_STATEMENTS = 40


class StatementForm(forms.Form):
    """One statement of the summary. Left empty, or marked to be removed, it is no statement."""

    position = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=9_999, required=False)
    title = forms.CharField(
        label=_("In one line"),
        max_length=140,
        error_messages={"required": _("Say in one line what this statement is about.")},
    )
    body = LongText(
        label=_("What people said"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what people said.")},
    )
    title_en = forms.CharField(
        label=_("In one line, in English"),
        max_length=140,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    body_en = LongText(
        label=_("What people said, in English"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
        help_text=_("English pages show it in place of the Danish text. Mend both when one of them changes."),
    )
    fits = forms.BooleanField(
        label=_("The English text fits the Danish one"),
        required=False,
        help_text=_(
            "Tick it when it still fits although the Danish text was changed. Else English pages say that it is older."
        ),
    )
    cites = forms.CharField(
        label=_("Contributions it rests on"),
        help_text=_("Numbers with commas between them, for example: #12, #16, 20–22."),
        max_length=4_000,
        error_messages={"required": _("Write the number of at least one contribution.")},
    )
    remove = forms.BooleanField(label=_("Remove this statement"), required=False)

    def has_changed(self) -> bool:
        """Tell whether there is a statement to read."""
        names = ("title", "body", "title_en", "body_en", "cites")
        typed = any(str(self[name].data or "").strip() for name in names)
        return typed and not self["remove"].data

    def clean_title(self) -> str:
        """Return the title on one line."""
        return without_identity_number(one_line(self.cleaned_data["title"]))

    def clean_body(self) -> str:
        """Return the text."""
        return without_identity_number(self.cleaned_data["body"])

    def clean_title_en(self) -> str:
        """Return the title in English on one line."""
        return without_identity_number(one_line(self.cleaned_data["title_en"]))

    def clean_body_en(self) -> str:
        """Return the text in English."""
        return without_identity_number(self.cleaned_data["body_en"])

    def clean(self) -> dict[str, Any]:
        """Refuse half an English version: no page mixes languages within a statement."""
        asked = super().clean() or self.cleaned_data
        written = {name for name in ("title_en", "body_en") if asked.get(name)}
        if len(written) == 1 and not written & self.errors.keys():
            missing = "body_en" if "title_en" in written else "title_en"
            self.add_error(missing, _("Write this in English too, or leave both English fields empty."))
        return asked

    def clean_cites(self) -> tuple[int, ...]:
        """Return the numbers."""
        numbers = read_numbers(self.cleaned_data["cites"])
        sentence = _why_not_read(numbers)
        if sentence:
            raise forms.ValidationError(sentence)
        return numbers.found


def _why_not_read(numbers: Numbers) -> str:
    if numbers.are_too_many:
        return _("At most %(most)s contributions can stand behind one statement.") % {"most": MOST_NUMBERS}
    if numbers.unread:
        words = ", ".join(quoted(word[:40]) for word in numbers.unread[:5])
        return _("This cannot be read as numbers: %(words)s. Write for example: #12, #16, 20–22.") % {"words": words}
    return "" if numbers.found else str(_("Write the number of at least one contribution."))


if TYPE_CHECKING:
    _Forms = BaseFormSet[StatementForm]
else:  # which cannot be subscripted when it runs
    _Forms = BaseFormSet


class SummaryForms(_Forms):
    """The statements of a summary, each citing published contributions of one consultation."""

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.consultation = consultation
        super().__init__(*args, **{"prefix": PREFIX, **kwargs})

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Let each form be empty, also one that held a statement before."""
        return {**super().get_form_kwargs(index), "empty_permitted": True, "use_required_attribute": False}

    def add_fields(self, form: StatementForm, index: int | None) -> None:
        """Number the places."""
        super().add_fields(form, index)
        form.fields["position"].initial = (index or 0) + 1

    def clean(self) -> None:
        """Say at each statement which of its numbers stand for nothing that everyone can read."""
        cited = {number for form in self.forms for number in form.cleaned_data.get("cites", ())}
        known = {row.number for row in published_by_numbers(self.consultation.pk, sorted(cited))} if cited else set()
        for form in self.forms:
            missing = sorted(set(form.cleaned_data.get("cites", ())) - known)
            if missing:
                words = _("No published contribution of this consultation has: %(numbers)s.")
                form.add_error("cites", words % {"numbers": written_numbers(missing)})

    def texts(self) -> list[StatementText]:
        """Return the statements in the order of their places; equal places keep the order they stand in."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data]
        last = len(kept) + 1
        return [
            StatementText(**{name: data[name] for name in ("title", "body", "cites", "title_en", "body_en", "fits")})
            for data in sorted(kept, key=lambda data: data["position"] or last)
        ]


def forms_of(consultation: Consultation, statements: list[Statement]) -> SummaryForms:
    """Return the forms of a draft, with an empty one at the end."""
    initial = [
        {
            "title": statement.title,
            "body": statement.body,
            "title_en": statement.title_en,
            "body_en": statement.body_en,
            "is_older": is_older_in_english(statement),
            "cites": written_numbers(citation.number for citation in statement.citations.all()),
        }
        for statement in statements
    ]
    return _forms(extra=1)(initial=initial, consultation=consultation)


def typed_forms(consultation: Consultation, data: Mapping[str, Any]) -> SummaryForms:
    """Return what was typed, to be judged."""
    return _forms(extra=0)(data, consultation=consultation)


def retyped_forms(consultation: Consultation, data: Mapping[str, Any], *, more: int = 0) -> SummaryForms:
    """Return what was typed, unjudged, with so many empty forms more."""
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", "0"))
    count = min(int(total) if total.isdecimal() and len(total) < len("1000") else 0, MOST_STATEMENTS)
    initial = [
        {name: data.get(f"{PREFIX}-{index}-{name}", "") for name in StatementForm.base_fields} for index in range(count)
    ]
    return _forms(extra=more)(initial=initial, consultation=consultation)


def _forms(*, extra: int) -> type[SummaryForms]:
    return formset_factory(  # type: ignore[return-value]  # the stub forgets the base it is given
        StatementForm,
        formset=SummaryForms,
        extra=extra,
        max_num=MOST_STATEMENTS,
        absolute_max=MOST_STATEMENTS,
        validate_max=True,
    )
