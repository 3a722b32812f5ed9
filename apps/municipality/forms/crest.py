"""What administrators upload as the municipality's coat of arms or logo."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.common.forms import NumberFree
from apps.common.uploads import IMAGES, FitFile, UnfitFile, fit_file, size_in_pixels

LARGEST = 500 * 1024
# Twice as sharp as the largest place it has, a letter's head, and far from what would slow a page down.
LONGEST_SIDE = 2000


class CrestForm(NumberFree):
    """A picture and what it shows. Without a picture the one there is keeps its place."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at most 500 KB and 2000 pixels on each side. A PNG with a transparent ground looks "
            "best. SVG is not taken: such drawings can hold programs."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    words_da = forms.CharField(
        label=gettext_lazy("What it shows, in Danish"),
        max_length=200,
        help_text=gettext_lazy("For those who cannot see it, for example “Havn Kommunes byvåben: tre sild”."),
    )
    words_en = forms.CharField(label=gettext_lazy("What it shows, in English"), max_length=200)

    def __init__(self, *args: Any, has_crest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].required = not has_crest
        if has_crest:
            self.fields["picture"].label = gettext_lazy("Another picture")

    def clean_picture(self) -> FitFile | None:
        """Return the picture as it is kept; a refusal goes to its field."""
        file: UploadedFile | None = self.cleaned_data["picture"]
        if not file:
            return None
        _refuse_large(file.size or 0)
        try:
            fit = fit_file(name=file.name or "", size=file.size or 0, content=file, allowed=IMAGES)
        except UnfitFile as unfit:
            raise forms.ValidationError(str(unfit)) from unfit
        _refuse_large(fit.size)
        width, height = size_in_pixels(fit)
        if max(width, height) > LONGEST_SIDE:
            raise forms.ValidationError(
                _("The picture is %(width)s by %(height)s pixels: a crest or logo has at most 2000 on each side.")
                % {"width": width, "height": height}
            )
        return fit


def _refuse_large(size: int) -> None:
    if size > LARGEST:
        raise forms.ValidationError(
            _("The picture is %(size)s: a crest or logo is at most %(largest)s. Make it smaller and upload that.")
            % {"size": filesizeformat(size), "largest": filesizeformat(LARGEST)}
        )
