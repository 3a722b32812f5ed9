"""What officials type about hearing parties."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import end_of_day
from apps.common.forms import LongText, NumberFree, day_field
from apps.common.richtext import one_line
from apps.consultations.engine.party_tables import MOST_ROWS, BadTable, Row, read_parties
from apps.consultations.engine.second_clicks import stands_already
from apps.consultations.enums import InvitationWay, PartyKind
from apps.consultations.models import HearingParty


class PartyForm(NumberFree):
    """A hearing party. Its name is public, its addresses are not."""

    name = forms.CharField(
        label=_("Name"),
        max_length=140,
        help_text=_("Everyone reads it. An authority or an organisation; private persons are invited as a group."),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=PartyKind.choices, coerce=PartyKind, initial=PartyKind.ORGANISATION
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("For the invitation. Only the team sees it.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    postal_line = forms.CharField(label=_("Postal code and town"), max_length=100, required=False)

    def clean_name(self) -> str:
        """Return the name as it is listed."""
        return one_line(self.cleaned_data["name"])

    def clean_address(self) -> str:
        """Return the address as it is kept."""
        return one_line(self.cleaned_data["address"])

    def clean_postal_line(self) -> str:
        """Return the line as it is kept."""
        return one_line(self.cleaned_data["postal_line"])


class PartyTableForm(forms.Form):
    """Many parties at once, pasted from a spreadsheet. Cleaned, `table` is what each line says."""

    table = LongText(
        label=_("The table"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One party a line: name; kind; e-mail address; address; postal code and town. Only the name is needed. "
            "Kinds are authority, organisation and group."
        ),
    )

    def clean_table(self) -> list[Row]:
        """Return the lines; refuse what is no table, or holds nothing."""
        try:
            rows = read_parties(self.cleaned_data["table"])
        except BadTable as bad:
            sentence = _("The table cannot be read. It may have %(most)s lines, and a quotation mark stands in pairs.")
            raise forms.ValidationError(sentence, params={"most": MOST_ROWS}) from bad
        if not rows:
            raise forms.ValidationError(_("The table holds no party. Write one a line."))
        return rows


class InvitationForm(forms.Form):
    """That a party is, or was, invited."""

    way = forms.TypedChoiceField(label=_("How"), choices=InvitationWay.choices, coerce=InvitationWay)
    invited_on = day_field(
        label=_("Invited on"), required=False, help_text=_("A mail from the site goes out today, whatever stands here.")
    )
    deadline_on = day_field(
        label=_("Last day that they were told"), required=False, help_text=_("Until when they can answer.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, last_day: date | None = None) -> None:
        super().__init__(data, initial={"invited_on": today, "deadline_on": last_day})

    def asked(self) -> dict[str, Any]:
        """Return the invitation as the action takes it."""
        last = self.cleaned_data["deadline_on"]
        return {
            "way": self.cleaned_data["way"],
            "invited_on": self.cleaned_data["invited_on"],
            "deadline": end_of_day(last) if last else None,
        }


class AnswerForm(forms.Form):
    """Under which number a party answered; blank takes the note away."""

    number = forms.IntegerField(
        label=_("Number of its contribution"),
        required=False,
        min_value=1,
        help_text=_("As on the receipt: what it wrote on the site, or what you typed in. Blank: it has not answered."),
    )


def are_listed(rows: Sequence[Row], listed: Sequence[HearingParty]) -> bool:
    """Tell whether each line stands on the list already, in just its words."""
    standing = [{name: getattr(party, name) for name in PartyForm.base_fields} for party in listed]
    forms_of = [PartyForm(row.cells) for row in rows]
    return all(form.is_valid() and stands_already(form.cleaned_data, standing) for form in forms_of)


def look_at_rows(rows: Sequence[Row], listed: Sequence[str]) -> list[dict[str, Any]]:
    """Return for each line its cleaned party, or what is wrong with it. `listed` are the names that stand there."""
    taken, looked = {name.casefold() for name in listed}, []
    for row in rows:
        form = PartyForm(row.cells)
        problems = [] if form.is_valid() else [str(error) for errors in form.errors.values() for error in errors]
        name = one_line(row.cells.get("name", ""))
        if name.casefold() in taken:
            problems.append(_t("It is on the list already, or stands twice in the table."))
        taken.add(name.casefold())
        looked.append({"line": row.line, "name": name, "party": form.cleaned_data, "problems": problems})
    return looked
