"""What officials type about news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import FitFileField, KeyedForm, LongText, NumberFree
from apps.common.uploads import IMAGES
from apps.consultations.enums import WriteAccess


class NewsForm(NumberFree):
    """A post in one page: text, picture, a question to the readers, and whether they can write."""

    title = forms.CharField(label=_("Title"), max_length=140)
    lede = LongText(
        label=_("In one or two sentences"),
        max_length=300,
        required=False,
        help_text=_("It stands in the list of news."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = LongText(
        label=_("The post"),
        max_length=10_000,
        help_text=_("Blank lines part paragraphs. **bold**, *italic*, - lists, > quotes and https:// links work."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    picture = FitFileField(
        label=_("Picture"),
        required=False,
        allowed=IMAGES,
        help_text=_(
            "PNG, JPEG or WebP, at most 25 MB. It is saved without the place and the camera that are hidden in it."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    picture_words = forms.CharField(
        label=_("What the picture shows, in words"),
        max_length=1000,
        required=False,
        help_text=_("For those who cannot see it. Without these words no picture is saved."),
    )
    takes_contributions = forms.BooleanField(label=_("Readers can write below it"), required=False, initial=True)
    question = LongText(
        label=_("Question to the readers"),
        max_length=300,
        required=False,
        help_text=_("The thread is about this. One open question is easier to answer than three."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    write_access = forms.TypedChoiceField(
        label=_("Who may write"),
        choices=WriteAccess.choices,
        coerce=WriteAccess,
        initial=WriteAccess.RESIDENTS,
        widget=forms.RadioSelect,
    )
    what_changed = forms.CharField(
        label=_("What you changed"),
        max_length=300,
        required=False,
        help_text=_("One sentence, when the title or the text differ. Everyone reads it beside the new version."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, is_published: bool = False, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["what_changed"]
        elif is_open:
            field = self.fields["takes_contributions"]
            field.disabled = True
            field.help_text = _("People can write already. On the post's page you can stop it, with a sentence why.")

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that nobody has put into words."""
        asked = super().clean() or self.cleaned_data
        if asked.get("picture") and not asked.get("picture_words") and "picture_words" not in self.errors:
            sentence = _(
                "Say in words what the picture shows, for those who cannot see it. Then choose the file again."
            )
            self.add_error("picture_words", sentence)
        return asked


class NewNewsForm(KeyedForm, NewsForm):
    """The same for a post that is to be made, once."""
