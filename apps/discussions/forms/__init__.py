"""What people type into the forms of this app, cleaned."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, MarkedSelect, NumberFree
from apps.common.pagination import whole_number
from apps.common.richtext import one_line
from apps.common.uploads import IMAGES, FileKind, UnfitFile, fit_file
from apps.common.wording import quoted
from apps.consultations.queries import MapPlace
from apps.discussions.engine.files import name_of_file
from apps.discussions.enums import PEOPLES_KINDS, ContributionKind, SuggestionStatus
from apps.discussions.rendering.proposals import terms_words
from apps.discussions.rules import (
    LONGEST_DESCRIPTION,
    MOST_FILES,
    why_not_these_files,
    why_not_words_of_file,
)
from apps.discussions.rules.proposals import why_other_terms
from apps.municipality.queries import ProposalTerms

_SIGNER = Signer(salt="discussions.opened")
FILE_KINDS = IMAGES | {FileKind.PDF}
KIND_WORDS = {ContributionKind.QUESTION: _("Question to the municipality")}


class TextForm(forms.Form):
    """A text and what it is meant as. The text is checked by `fit_text`, the same for every way in."""

    kind = forms.ChoiceField(  # type: ignore[call-arg] # the stubs do not know template_name
        label=_("What is it?"),
        choices=[(kind.value, KIND_WORDS.get(kind, kind.label)) for kind in PEOPLES_KINDS],
        initial=ContributionKind.VIEW,
        widget=forms.RadioSelect,
        template_name="components/field_choices.html",
    )
    body = forms.CharField(
        label=_("Your contribution"),
        help_text=_(
            "At most 10,000 characters. Do not write identity numbers, or anything about the health of others. "
            "An empty line begins a new paragraph, - a list, > a quotation; *stars* stress a word."
        ),
        required=False,
        strip=False,
        # No `maxlength`: a browser would cut what is pasted without a word. What is too long is refused with one.
        widget=forms.Textarea(attrs={"rows": 8, "required": True, "class": "textarea"}),
    )


class ContributionForm(TextForm):
    """A new contribution: `key` is made with the form, so that however often it is sent, it is received once.

    `opened` is when the form was opened, signed, so that a text that comes faster than people write is noticed.
    `spot` is the place on the map that was chosen or typed, once the view has found it. `terms` are those on which a
    suggestion can be offered as a citizen proposal, where that can be chosen: the form remembers which it told.
    """

    spot: MapPlace | None = None
    field_order = ("kind", "body", "long_text", "place", "place_at")

    long_text = forms.CharField(  # type: ignore[call-arg] # the stubs do not know template_name
        label=_("The whole response, which is sent as a file"),
        help_text=_(
            "Everyone can open the file once your contribution is shown. You can still change it here. "
            "If you empty this field, no file is sent."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "textarea"}),
        template_name="discussions/_long_text_field.html",
    )
    place = forms.CharField(  # type: ignore[call-arg] # the stubs do not know template_name
        label=_("Place on the map"),
        required=False,
        widget=MarkedSelect,
        help_text=_("If it is about a place. Everyone sees it once your text is published: do not show a home."),
        template_name="discussions/_place_field.html",
    )
    place_at = forms.CharField(  # type: ignore[call-arg] # the stubs do not know template_name
        label=_("Or latitude and longitude"),
        max_length=60,
        required=False,
        template_name="discussions/_with_place.html",
    )
    as_proposal = forms.BooleanField(label=_("Offer it as a citizen proposal"), required=False)
    terms = forms.CharField(required=False, widget=forms.HiddenInput)
    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]] = (),
        terms: ProposalTerms | None = None,
        is_reply: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.in_force = terms
        offer = self.fields["as_proposal"]
        self.was_offered = not is_reply and bool(offer.clean(self.data.get("as_proposal")))
        if terms and not is_reply:
            offer.help_text = terms_words(terms)
            # A form that is gone back to brings the word for it.
            self.initial["as_proposal"] = offer.clean(self.initial.get("as_proposal"))
            self.initial["terms"] = self.initial.get("terms") or terms.key
        else:
            del self.fields["as_proposal"], self.fields["terms"]
        if places:
            self.fields["place"].widget.choices = [("", _("No place")), *places]
        else:
            del self.fields["place"], self.fields["place_at"]

    def clean(self) -> dict[str, Any]:
        """Refuse once what was ticked as a citizen proposal where none are taken any more, or on other terms.

        A suggestion is less. The form that comes back tells the terms in force, and remembers those.
        """
        if self.was_offered and "as_proposal" not in self.fields:
            raise forms.ValidationError(
                _(
                    "Citizen proposals are not taken here any more, so it was not sent. "
                    "Send it again to send it as a suggestion."
                )
            )
        changed = why_other_terms(self.cleaned_data.get("terms", ""), self.in_force) if self.was_offered else None
        if changed is not None and self.in_force is not None:
            self.data = self.data.copy()  # type: ignore[attr-defined] # the stubs know it as never written
            self.data["terms"] = self.in_force.key  # type: ignore[index]
            raise forms.ValidationError(str(changed))
        return self.cleaned_data

    def clean_reply_to(self) -> int | None:
        """Return the number that is answered; what is no number is one that nothing has."""
        typed = self.cleaned_data["reply_to"]
        return whole_number(typed) or (0 if typed else None)

    def clean_key(self) -> UUID:
        """Return the form's key; a form that lost it gets a new one."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()

    def opened_at(self) -> datetime | None:
        """Return when the form was opened; None where that is not told, or not as it was signed."""
        try:
            return datetime.fromisoformat(_SIGNER.unsign(self.cleaned_data["opened"]))
        except (BadSignature, ValueError):
            return None


def new_form(  # noqa: PLR0913 - what a form begins with
    kept: dict[str, str] | None = None,
    *,
    reply_to: int | None = None,
    kind: str = "",
    places: Sequence[tuple[str, str]] = (),
    terms: ProposalTerms | None = None,
    at: datetime,
) -> ContributionForm:
    """Return the form to write in, with what was kept; a kept text goes before a new reply."""
    initial = {
        "kind": kind if kind in PEOPLES_KINDS else ContributionKind.VIEW,
        "reply_to": reply_to or "",
        "key": str(uuid4()),
        "opened": _SIGNER.sign(at.isoformat(timespec="seconds")),
    }
    initial |= kept or {}
    return ContributionForm(initial=initial, places=places, terms=terms, is_reply=bool(initial["reply_to"]))


class FilesForm(forms.Form):
    """Up to five files, each with what it shows in words. Shown beside the form of the text, and checked with it.

    A browser keeps no chosen files: whenever the page comes back, `chosen` tells which to choose again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_FILES + 1):
            self.fields[f"file_{place}"] = forms.FileField(
                label=_("File %(number)s") % {"number": place},
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
            )
            self.fields[f"about_{place}"] = forms.CharField(
                label=_("What file %(number)s shows, in words") % {"number": place},
                required=False,
                max_length=LONGEST_DESCRIPTION,
            )

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of each file."""
        for place in range(1, MOST_FILES + 1):
            yield self[f"file_{place}"], self[f"about_{place}"]

    @property
    def chosen(self) -> list[str]:
        """What the files are called that came with the request."""
        uploads = (self.files.get(file.name) for file, _about in self.rows)
        return [one_line(upload.name or "") for upload in uploads if isinstance(upload, UploadedFile)]

    @property
    def is_used(self) -> bool:
        """Somebody has chosen a file or described one."""
        return bool(self.chosen) or any(about.value() for _file, about in self.rows)

    @property
    def refusals(self) -> list[str]:
        """Why the files cannot be taken, each sentence with the file or field that it is about."""
        found = []
        for name, errors in self.errors.items():
            about = f"{self[name].label}: " if name.startswith("about_") else ""
            found += [f"{about}{error}" for error in errors]
        return found

    def clean(self) -> dict[str, Any]:
        """Add `enclosed`: each file as it is kept, with name and description; a refusal names its file."""
        asked = super().clean() or self.cleaned_data
        uploads = {place: asked.get(f"file_{place}") for place in range(1, MOST_FILES + 1)}
        refused = why_not_these_files([file.size or 0 for file in uploads.values() if file])
        if refused is not None:
            raise forms.ValidationError(str(refused))
        fitted = [self._fitted(place, file) for place, file in uploads.items() if file]
        return asked | {"enclosed": [one for one in fitted if one]}

    def _fitted(self, place: int, upload: UploadedFile) -> dict[str, Any] | None:
        told, about = upload.name or "", self.cleaned_data.get(f"about_{place}", "")
        name = name_of_file(told) or _("File %(number)s") % {"number": place}
        refused = why_not_words_of_file(name, about)
        if refused is None:
            try:
                file = fit_file(name=told, size=upload.size or 0, content=upload, allowed=FILE_KINDS)
            except UnfitFile as unfit:
                refused = str(unfit)
            else:
                return {"name": name, "file": file, "description": about}
        self.add_error(f"file_{place}", f"{quoted(one_line(told))}: {refused}")
        return None


class SuggestionStatusForm(NumberFree):
    """What becomes of a suggestion, and a sentence about it."""

    status = forms.TypedChoiceField(
        label=_("What becomes of it"),
        choices=[choice for choice in SuggestionStatus.choices if choice[0] != SuggestionStatus.RECEIVED],
        coerce=SuggestionStatus,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    sentence = LongText(
        label=_("Sentence for everyone"),
        max_length=500,
        required=False,
        help_text=_("Its author gets it by mail. Of what is not done, say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
