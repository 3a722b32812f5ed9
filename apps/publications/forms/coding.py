"""What officials choose on the workbench, and what they type beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from apps.common.pagination import whole_number
from apps.common.richtext import one_line
from apps.consultations.models import Topic
from apps.discussions.enums import PEOPLES_KINDS
from apps.publications.enums import LeftOutGround
from apps.publications.enums.coding import Letters, Moment, Shown, Way
from apps.publications.forms.texts import without_identity_number
from apps.publications.models import LONGEST_SENTENCE, LONGEST_TITLE
from apps.publications.queries.workbench import Sought

ACROSS = "all"


class FilterForm(forms.Form):
    """Which contributions to read. What makes no sense in an address is left out."""

    use_required_attribute = False

    show = forms.ChoiceField(label=_("How far it is"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    channel = forms.ChoiceField(label=_("How it came"), required=False)
    moment = forms.ChoiceField(label=_("When it came"), required=False)
    letter = forms.ChoiceField(label=_("Letters that several sent"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, topics: Iterable[Topic], districts: Iterable[str]) -> None:
        super().__init__(asked, auto_id="by_%s")
        number = whole_number(asked.get("letter"))
        one = [(str(number), _("The letter of no. %(number)s") % {"number": number})] if number else []
        kinds = [(kind.value, kind.label) for kind in PEOPLES_KINDS]
        _offer(self, "show", _("All published"), Shown.choices)
        _offer(self, "topic", _("All topics"), [(topic.slug, topic.title) for topic in topics])
        _offer(self, "kind", _("All kinds"), kinds)
        _offer(self, "district", _("All districts"), [(name, name) for name in districts if name])
        _offer(self, "channel", _("In any way"), Way.choices)
        _offer(self, "moment", _("At any time"), Moment.choices)
        _offer(self, "letter", _("All texts"), [*Letters.choices, *one])
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows the list."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def sought(self, *, like: Collection[int] | None = None) -> Sought:
        """Return the same for the query, among these ids where there are any."""
        return Sought(like=like, **self.chosen)


def _offer(form: forms.Form, name: str, usual: Any, choices: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = [("", usual), *choices]  # type: ignore[attr-defined]


def address(chosen: Mapping[str, Any], **changes: Any) -> str:
    """Return the query of the same reading with changes; nothing where nothing is chosen."""
    query = {name: value for name, value in {**chosen, **changes}.items() if value not in {None, ""}}
    return f"?{urlencode(query)}" if query else "?"


class CodingForm(forms.Form):
    """What is typed beside the contributions: a new statement, a sentence for what is noted, a ground to leave out."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("The argument in one neutral line"),
        max_length=LONGEST_TITLE,
        required=False,
    )
    topic = forms.ChoiceField(label=_("Under the topic"), required=False)
    sentence = forms.CharField(
        label=_("Why, for everyone to read"),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    ground = forms.ChoiceField(
        label=_("Ground"), required=False, choices=LeftOutGround.choices, initial=LeftOutGround.SPAM
    )
    same_as = forms.CharField(
        label=_("For a double: the number of the first"),
        max_length=9,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, topics: Sequence[Topic], topic: str = "") -> None:
        super().__init__(data, auto_id="new_%s", initial={"topic": topic})
        choices = [(str(row.pk), row.title) for row in topics]
        _offer(self, "topic", _("Across all topics"), choices)

    def clean_title(self) -> str:
        """Return the title on one line."""
        return without_identity_number(one_line(self.cleaned_data["title"]))

    def clean_sentence(self) -> str:
        """Return the sentence on one line."""
        return without_identity_number(one_line(self.cleaned_data["sentence"]))

    def clean_same_as(self) -> int | None:
        """Return the number; nothing for nothing."""
        typed = self.cleaned_data["same_as"].strip().lstrip("#")
        number = whole_number(typed)
        if typed and number is None:
            raise forms.ValidationError(_("Write the number alone, for example: 12."))
        return number
