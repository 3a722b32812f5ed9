"""What officials type about documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import FitFileField, KeyedForm, LongText, NumberFree


class DocumentForm(NumberFree):
    """A file, the title under which it is shown, and what it shows in words."""

    title = forms.CharField(label=_("Title"), max_length=140)
    file = FitFileField(
        label=_("File"),
        help_text=_(
            "PDF, a picture (PNG, JPEG, WebP) or GeoJSON, at most 25 MB. Everyone can download it as soon as the "
            "hearing is published. Pictures are saved without the place and the camera that are hidden in them."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.geojson,.json"}),
    )
    description = LongText(
        label=_("What it shows, in words"),
        max_length=1000,
        required=False,
        help_text=_(
            "Of a picture always, for those who cannot see it. Of other files, a short summary helps everyone."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that nobody has put into words."""
        asked = super().clean() or self.cleaned_data
        file = asked.get("file")
        if file and file.kind.is_image and not asked.get("description") and "description" not in self.errors:
            sentence = _(
                "Say in words what the picture shows, for those who cannot see it. Then choose the file again."
            )
            self.add_error("description", sentence)
        return asked


class NewDocumentForm(KeyedForm, DocumentForm):
    """A document that is added once, however often the form is sent."""


class DocumentReplaceForm(DocumentForm):
    """The file that takes the place of another, and what changed."""

    what_changed = forms.CharField(
        label=_("What changed"),
        max_length=300,
        help_text=_("One sentence. It stands beside the new version, and the earlier one can still be read."),
    )


class HoldForm(NumberFree):
    """Why a file is held back, for everyone to read."""

    sentence = forms.CharField(
        label=_("Why it is held back"),
        max_length=300,
        error_messages={"required": _("Write one sentence on why the file is held back. Everyone can read it.")},
    )
