"""What administrators upload as the municipality's coat of arms or logo."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.common.forms import FitFileField, NumberFree
from apps.common.uploads import IMAGES, FitFile, size_in_pixels
from apps.common.wording import grouped, size_beyond

LARGEST = 500 * 1024
# Twice as sharp as the largest place it has, a letter's head, and far from what would slow a page down.
LONGEST_SIDE = 2000


class CrestField(FitFileField):
    """A picture, as it is kept, that is small enough to stand on every page."""

    def to_python(self, data: Any) -> Any:
        """Refuse what is far too large before it is decoded."""
        file = super().to_python(data)
        if file:
            _refuse_large(file.size or 0)
        return file

    def clean(self, data: Any, initial: Any = None) -> FitFile | None:
        """Return the picture as it is kept; a refusal is an error of the field."""
        fit = super().clean(data, initial)
        if fit is None:
            return None
        _refuse_large(fit.size)
        width, height = size_in_pixels(fit)
        if max(width, height) > LONGEST_SIDE:
            raise forms.ValidationError(
                _("The picture is %(width)s by %(height)s pixels: a crest or logo has at most 2,000 on each side.")
                % {"width": grouped(width), "height": grouped(height)}
            )
        return fit


class CrestForm(NumberFree):
    """A picture and what it shows. Without a picture the one there is keeps its place."""

    picture = CrestField(
        allowed=IMAGES,
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at most 500 KB and 2,000 pixels on each side. A PNG with a transparent ground looks "
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


def _refuse_large(size: int) -> None:
    if size > LARGEST:
        raise forms.ValidationError(
            _("The picture is %(size)s: a crest or logo is at most %(largest)s. Make it smaller and upload that.")
            % {"size": size_beyond(size, LARGEST), "largest": filesizeformat(LARGEST)}
        )
