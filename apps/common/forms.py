"""Parts of forms that several apps use: long texts, files, days, rows that grow without script, keys of sendings."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BaseFormSet
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.common.identity_numbers import find_identity_numbers
from apps.common.richtext import is_unseen
from apps.common.uploads import EMPTY, EVERY_KIND, IMAGES, FileKind, FitFile, UnfitFile, fit_file
from apps.common.wording import InDanish

if TYPE_CHECKING:
    AnyFormSet = BaseFormSet[forms.Form]
else:
    AnyFormSet = BaseFormSet

MOST_ROWS = 30
# Days that have a next one in every zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


# What Django's own forms say, so that their Danish words stand in the catalogue of this house and not in Django's.
DJANGOS_SENTENCES = (
    _("This field is required."),
    _("Enter a valid value."),
    _("Enter a valid email address."),
    _("Enter a valid URL."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Null characters are not allowed."),
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
NUMBER_MASKED = _("What looks like an identity number is masked: such numbers are stored nowhere.")
OUT_OF_TIME = _("Choose a day between 1 January 1900 and 31 December 2199.")


class MarkedSelect(forms.Select):
    """A list to choose from in which such words carry their mark where the page is in another language."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one line of the list."""
        option = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(label, InDanish) and get_language() != "da":
            option["attrs"]["lang"] = "da"
        return option


class LongText(forms.CharField):
    """A text of several lines; a line end counts as one character, as browsers count it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the text with line feeds as line ends."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class FitFileField(forms.FileField):
    """A file, as it is kept (`fit_file`), of the kinds that are allowed; None where none was chosen."""

    default_error_messages: ClassVar = {"empty": EMPTY}

    def __init__(self, *, allowed: Collection[FileKind] = EVERY_KIND, **options: Any) -> None:
        super().__init__(**options)
        self.allowed = allowed

    def clean(self, data: Any, initial: Any = None) -> FitFile | None:
        """Return the file as it is kept; a refusal is an error of the field."""
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return None
        try:
            return fit_file(name=file.name or "", size=file.size or 0, content=file, allowed=self.allowed)
        except UnfitFile as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


def scan_field(*, help_text: Any) -> FitFileField:
    """Return a field for the scan of a letter."""
    return FitFileField(
        label=_("Scan of the letter"),
        required=False,
        help_text=help_text,
        allowed=IMAGES | {FileKind.PDF},
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
    )


class NumberFree(forms.Form):
    """A form whose texts may hold no national identity number: none is stored anywhere, also none that staff type.

    Nor may one that has to be there show nothing, as a name of invisible signs does.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # the stubs do not know Django's own step
        for name, text in list(self.cleaned_data.items()):
            is_text = isinstance(text, str) and not isinstance(self.fields[name], forms.EmailField)
            if is_text and find_identity_numbers(text):
                self.add_error(name, _("This looks like an identity number. Leave it out."))
            elif is_text and self.fields[name].required and is_unseen(text):
                self.add_error(name, _("These signs cannot be seen. Write it in letters or digits."))


class MaskedForm(forms.Form):
    """What staff type in for others. An identity number in it is masked, as who wrote it is not here to leave it out.

    `masked` names the fields in which one is.
    """

    masked: ClassVar[tuple[str, ...]] = ()

    @property
    def is_masked(self) -> bool:
        """What was typed holds an identity number, which is masked where it is received."""
        return any(find_identity_numbers(str(self.cleaned_data.get(name, ""))) for name in self.masked)


class KeyedForm(forms.Form):
    """A form that is carried out once, however often it is sent: `key` is made with it."""

    key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean_key(self) -> UUID:
        """Return the form's key; a form that lost it gets a new one."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()


class Rows(AnyFormSet):
    """Rows of a list, each with `form`. A blank row is no row, so emptying one removes it."""

    form: type[forms.Form]
    extra = 2
    min_num = 0
    max_num = MOST_ROWS
    absolute_max = 10 * MOST_ROWS
    validate_min = False
    validate_max = True
    can_order = False
    can_delete = True
    can_delete_extra = False
    renderer = None

    def _construct_form(self, i: int, **kwargs: Any) -> forms.Form:
        form: forms.Form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.empty_permitted = True
        form.use_required_attribute = False
        return form

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Let rows that were there before be removed by a tick."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    def written(self) -> list[dict[str, Any]]:
        """Return what the rows say, without blank and removed ones."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]


AnyRows = TypeVar("AnyRows", bound=Rows)


def with_more_rows(kind: type[AnyRows], data: Mapping[str, Any], *, prefix: str) -> AnyRows:
    """Return the rows as they were typed, unchecked, and blank ones behind them."""
    total = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    count = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() and len(total) < len("1000") else 0
    names = list(kind.form.base_fields)
    typed = (
        {name: data.get(f"{prefix}-{row}-{name}", "") for name in names}
        for row in range(count)
        if not data.get(f"{prefix}-{row}-DELETE")
    )
    return kind(prefix=prefix, initial=[row for row in typed if any(row.values())])


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a local day, within those that have a next one in every zone."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, OUT_OF_TIME), MaxValueValidator(LAST_DAY, OUT_OF_TIME)],
        **options,
    )
