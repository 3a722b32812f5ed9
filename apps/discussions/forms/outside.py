"""What officials type in for those who did not write on the site: one letter, or a table of many."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import local
from apps.common.forms import KeyedForm, LongText, MarkedSelect, MaskedForm, day_field, scan_field
from apps.common.wording import InDanish
from apps.consultations.models import Topic
from apps.discussions.engine.voice_tables import BadTable, Row, decoded, is_yes, iso_day, read_voices
from apps.discussions.enums import PEOPLES_KINDS, Channel, ContributionKind
from apps.discussions.forms import KIND_WORDS
from apps.discussions.models import OutsideVoice
from apps.discussions.rules.outside import MASKED, why_no_sender

LARGEST_TABLE = 1024 * 1024
_NO_SENDER: Any = why_no_sender("")


UNKNOWN = {
    "invalid_choice": _(
        "“%(value)s” is not among these. Choose from the list; in a table, write it as the columns say."
    )
}


class VoiceForm(MaskedForm, KeyedForm):
    """What came in another way than on the site, who sent it, and the scan of it."""

    masked = MASKED

    topic = forms.ChoiceField(label=_("Topic"), widget=MarkedSelect, error_messages=UNKNOWN)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices, error_messages=UNKNOWN)
    came_on = day_field(
        label=_("The day it came to the municipality"),
        help_text=_("Whether it is on time goes by this day, also when you type it in later."),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind.value, KIND_WORDS.get(kind, kind.label)) for kind in PEOPLES_KINDS]
    )
    body = LongText(
        label=_("The text"),
        help_text=_(
            "Word for word, at most 10,000 characters; of what was said, what was meant. Leave out telephone numbers, "
            "e-mail addresses and identity numbers."
        ),
        error_messages={"required": _("Write a text before you send.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    name = forms.CharField(
        label=_("Name of the sender"),
        max_length=120,
        error_messages={"required": _NO_SENDER},
        help_text=_("As it stands in the letter. It is shown by the rule of the hearing."),
    )
    is_organisation = forms.BooleanField(label=_("The sender is an association, firm or authority"), required=False)
    is_protected = forms.BooleanField(
        label=_("The name is protected"),
        required=False,
        help_text=_("Then nobody sees it: the text stands there as that of a citizen of the municipality."),
    )
    address = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        help_text=_("Address and e-mail are for letters back alone, are shown to nobody, and are erased in time."),
    )
    postal_line = forms.CharField(label=_("Postal code and town"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    scan = scan_field(
        help_text=_(
            "PDF or a picture (PNG, JPEG, WebP), at most 25 MB. For officials and moderators alone, never public. "
            "If a page comes back with an error, choose the file again."
        )
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.slug: topic for topic in topics}
        self.fields["topic"].choices = [(topic.slug, InDanish(topic.title)) for topic in topics]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what was typed by the names of what is received."""
        typed = dict(self.cleaned_data)
        typed.pop("key")
        choices = {"channel": Channel(typed["channel"]), "kind": ContributionKind(typed["kind"])}
        return typed | choices | {"topic": self.topics[typed["topic"]]}


def new_voice_form(topics: Sequence[Topic], *, at: datetime) -> VoiceForm:
    """Return the form for a letter of today."""
    initial = {"key": str(uuid4()), "channel": Channel.LETTER, "came_on": local(at).date()}
    return VoiceForm(initial=initial, topics=topics)


def voice_as_typed(voice: OutsideVoice) -> dict[str, Any]:
    """Return what was typed in, as its form shows it; nothing of a sender that was erased."""
    text, sender = voice.contribution, getattr(voice, "sender", None)
    private = {name: getattr(sender, name, "") for name in ("address", "postal_line", "email")}
    return private | {
        "topic": text.topic.slug,
        "channel": voice.channel,
        "came_on": voice.came_on,
        "kind": text.kind,
        "body": text.body,
        "name": sender.name if sender else text.author_name,
        "is_organisation": text.author_is_organisation,
        "is_protected": text.author_name_hidden,
    }


class VoiceSearch(forms.Form):
    """Words to look for among senders. They are posted: an address would keep them."""

    words = forms.CharField(label=_("Name, street or number"), max_length=100, required=False)


class VoiceTableForm(KeyedForm):
    """Many at once, from a file; what it held stands in the field once it was sent, so that nothing is chosen twice.

    Each row goes through `VoiceForm`, so that a row is held to what a single letter is. `texts` are the rows that can
    be read, each with its line, and `problems` the sentences about the others, by line; `masked` are the lines in which
    an identity number is masked.
    """

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV with the columns below, at most 500 rows and 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    table = LongText(
        label=_("Or paste the rows, with the line that names the columns"),
        max_length=LARGEST_TABLE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, topics: Sequence[Topic], **kwargs: Any) -> None:
        file: UploadedFile | None = files.get("file") if files else None
        if data is not None and file is not None and (file.size or 0) <= LARGEST_TABLE:
            data = data.copy()
            data["table"] = decoded(file.read())
        super().__init__(data, files, **kwargs)
        self.topics = topics
        self.texts: list[tuple[int, dict[str, Any]]] = []
        self.problems: dict[int, list[str]] = {}
        self.masked: set[int] = set()

    def clean_file(self) -> None:
        """Refuse a file that is too large to be such a table."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST_TABLE:
            raise forms.ValidationError(_("The file is larger than 1 MB. Split it, and send one part after the other."))

    def clean_table(self) -> str:
        """Read the rows; what is wrong with one is kept by its line."""
        table = str(self.cleaned_data["table"])
        if "file" in self.errors:
            return table
        try:
            rows = read_voices(table) if table.strip() else []
        except BadTable as bad:
            raise forms.ValidationError(_why_bad(bad)) from bad
        if not rows:
            raise forms.ValidationError(_("There are no rows. Choose a file with one letter or call a row."))
        for row in rows:
            form = VoiceForm(as_form_data(row, self.topics), topics=self.topics)
            if form.is_valid():
                self.texts.append((row.line, form.said()))
                self.masked |= {row.line} if form.is_masked else set()
            else:
                self.problems[row.line] = [
                    f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors
                ]
        return table


def _why_bad(bad: BadTable) -> str:
    if bad.missing:
        told = _("The first line must name each of these columns once: %(columns)s.")
        return str(told % {"columns": ", ".join(bad.missing)})
    if bad.too_many:
        return str(_("There are more than 500 rows. Split the table, and send one part after the other."))
    return str(_("The quotation marks of the table do not match. Save it as CSV once more."))


def as_form_data(row: Row, topics: Sequence[Topic]) -> dict[str, Any]:
    """Return a row as the form for one letter sends it: topics by address or title, choices by code or label."""
    cells = {name: cell.strip() for name, cell in row.cells.items()}
    titles = {topic.title.casefold(): topic.slug for topic in topics}
    topic = cells.get("topic", "")
    same = {name: cells.get(name, "") for name in ("name", "address", "postal_line", "email")}
    return same | {
        "topic": titles.get(topic.casefold(), topic),
        "channel": _code(Channel, cells.get("channel", "")),
        "kind": _code(ContributionKind, cells.get("kind", "")) or ContributionKind.VIEW,
        "came_on": iso_day(cells.get("came_on", "")),
        "body": cells.get("text", ""),
        "is_organisation": "on" if is_yes(cells.get("organisation", "")) else "",
        "is_protected": "on" if is_yes(cells.get("protected", "")) else "",
    }


def _code(choices: type[Channel] | type[ContributionKind], typed: str) -> str:
    """Return the code of a choice that was typed as its code or as its label in the language of the page."""
    labels = {str(choice.label).casefold(): choice.value for choice in choices}
    return labels.get(typed.casefold(), typed.lower())


def new_table_form(topics: Sequence[Topic]) -> VoiceTableForm:
    """Return the form for a table."""
    return VoiceTableForm(topics=topics, initial={"key": str(uuid4())})
