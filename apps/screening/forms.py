"""What officials and administrators type about the lists."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree, day_field
from apps.screening.engine.pasted_lists import MOST_ROWS, Row, read_list
from apps.screening.enums import WordLanguage
from apps.screening.models import ListedWord, ProtectedEmployee
from apps.screening.rules import why_not_a_full_name

LARGEST_FILE = 1024 * 1024
MOST_MISTAKES = 20
NAME_LENGTH = 120


class EmployeeSearch(forms.Form):
    """Words in a name, title or department; none means everybody."""

    words = forms.CharField(label=_("Name, job title or department"), max_length=100, required=False)


class EmployeeForm(NumberFree):
    """One person of the register, with dates in whole local days, both included."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("First name and surname, and middle names if there are any. They are found with and without."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    spellings = LongText(
        label=_("Other spellings and initials"),
        max_length=1000,
        required=False,
        help_text=_(
            "One a line. A former name, a nickname, initials in capitals such as MKH. A single word is found wherever "
            "it begins with a capital, so write none that others have too. Genitives, accents, ae for æ and hyphens "
            "are found by themselves."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    title = forms.CharField(label=_("Job title"), max_length=NAME_LENGTH, required=False)
    department = forms.CharField(
        label=_("Department"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("With it, “Mette from Roads and Parks” is found too."),
    )
    is_elected = forms.BooleanField(
        label=_("Elected: exempt for the office"),
        required=False,
        help_text=_(
            "Tick this for members of the council. Their names hold no text back, and an employee with the same "
            "surname is told apart by what stands beside the name."
        ),
    )
    first_day = day_field(label=_("First day"), required=False, help_text=_("Empty means from now on."))
    last_day = day_field(label=_("Last day"), required=False, help_text=_("Empty means until somebody ends it."))

    def clean_name(self) -> str:
        """Refuse a surname or first name alone: it would hold every text with that word."""
        name: str = self.cleaned_data["name"]
        sentence = why_not_a_full_name(name)
        if sentence is not None:
            raise forms.ValidationError(str(sentence))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        asked = super().clean() or self.cleaned_data
        first: date | None = asked.get("first_day")
        last: date | None = asked.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Check both."))
        return asked


class EmployeeListForm(NumberFree):
    """Many people at once, pasted or from a file; what a file held stands in the field once it was sent."""

    pasted = LongText(
        label=_("Names, one a line"),
        max_length=500_000,
        required=False,
        help_text=_(
            "Only names, or also job title; department; initials; elected, apart by semicolons as a spreadsheet saves "
            "them. Names that are on the list already are left as they are."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("CSV with the same columns, at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def __init__(self, data: Any = None, files: "MultiValueDict[str, UploadedFile] | None" = None) -> None:
        file = files.get("file") if files else None
        if data is not None and file is not None and (file.size or 0) <= LARGEST_FILE:
            data = data.copy()
            data["pasted"] = "\n".join(filter(None, [data.get("pasted", "").strip(), _text_of(file)]))
        super().__init__(data, files)
        self.rows: list[Row] = []

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is too large to be a list of names."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is not None and (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _t("The file is %(size)s. At most 1 MB can be read: save only the columns with names.")
                % {"size": filesizeformat(file.size or 0)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Read the lines; each that cannot be put on the list is told with its number."""
        asked = super().clean() or self.cleaned_data
        if self.errors:
            return asked
        self.rows = read_list(asked.get("pasted", ""))
        if not self.rows:
            self.add_error("pasted", _("Write or paste names, or choose a file."))
        if len(self.rows) > MOST_ROWS:
            self.add_error("pasted", _("These are more than 5,000 names. Send them in several parts."))
        mistakes = [(row.line, sentence) for row in self.rows if (sentence := _why_not(row)) is not None]
        for line, sentence in mistakes[:MOST_MISTAKES]:
            told = {"line": line, "sentence": sentence}
            self.add_error("pasted", _t("Line %(line)d: %(sentence)s") % told)
        return asked


def _text_of(file: UploadedFile) -> str:
    """Return the text of a file: UTF-8, or as older spreadsheets in Denmark save it."""
    content: bytes = file.read()
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").replace("\x00", "")


def _why_not(row: Row) -> object:
    if max(len(row.name), len(row.title), len(row.department)) > NAME_LENGTH:
        return _("Name, title and department have at most 120 characters each.")
    return why_not_a_full_name(row.name)


def stored_employee(employee: ProtectedEmployee) -> dict[str, object]:
    """Return the words of a person of the register for their form, without days."""
    return {name: getattr(employee, name) for name in ("name", "spellings", "title", "department", "is_elected")}


class WordSearch(forms.Form):
    """Letters of a word; none means all."""

    q = forms.CharField(label=_("Word"), max_length=60, required=False)


class WordForm(NumberFree):
    """One coarse word, or a few words that belong together."""

    word = forms.CharField(
        label=_("Word"),
        max_length=60,
        help_text=_(
            "Its endings are found by themselves. A star stands for any letters: lorte* finds lorteplan. Several words "
            "are found in this order."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.TypedChoiceField(
        label=_("Language"), choices=WordLanguage.choices, coerce=WordLanguage, widget=forms.RadioSelect
    )

    def clean_word(self) -> str:
        """Refuse what would be found in ordinary texts: nothing but a star, a letter or two."""
        word: str = self.cleaned_data["word"]
        if sum(map(str.isalpha, word)) < ListedWord.FEWEST_LETTERS:
            raise forms.ValidationError(_("Write at least three letters: shorter words are found in ordinary texts."))
        return word
