"""What officials type as the English version of a consultation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree
from apps.consultations.forms.texts import why_too_long
from apps.consultations.models import EnglishText
from apps.consultations.queries import Place, fitting_english

RIGHT = "right-"
SHORT = 140


class EnglishForm(NumberFree):
    """One field for each Danish text. Of those that were changed since, one says that the English is still right."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[Place],
        stored: dict[str, EnglishText],
        revision: int,
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.places = places
        self.older = {}
        for place in places:
            row = fitting_english(stored, place)
            self.fields[place.name] = _field(place, row.text if row else "")
            if row and row.danish != place.danish:
                self.older[place.name] = row
                self.fields[RIGHT + place.name] = forms.BooleanField(
                    label=_("The English text fits the Danish text as it is now"), required=False
                )

    def rows(self) -> list[dict[str, Any]]:
        """Return for each text its place, its field, and what is older there."""
        return [
            {
                "place": place,
                "field": self[place.name],
                "older": self.older.get(place.name),
                "right": self[RIGHT + place.name] if place.name in self.older else None,
                "is_first": not index or self.places[index - 1].of != place.of,
            }
            for index, place in enumerate(self.places)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a section so long that nobody finds a way in it."""
        asked = super().clean() or self.cleaned_data
        if refused := why_too_long(asked.get("body", "")):
            self.add_error("body", refused)
        return asked

    def texts(self) -> dict[str, str]:
        """Return what was typed, by place."""
        return {place.name: self.cleaned_data[place.name] for place in self.places}

    def still_right(self) -> list[str]:
        """Return the places of which it was said that the English is still right."""
        return [name for name in self.older if self.cleaned_data.get(RIGHT + name)]


def _field(place: Place, text: str) -> forms.Field:
    kind: type[forms.CharField] = LongText if place.is_long or place.limit > SHORT else forms.CharField
    field = kind(
        label=_("%(text)s, in English") % {"text": capfirst(str(place.label))},
        required=False,
        initial=text,
        max_length=place.limit or None,
    )
    if place.is_long:
        field.widget.attrs["rows"] = 14 if place.name == "body" else 6
    elif kind is LongText:
        field.widget.attrs["rows"] = 3
    field.widget.attrs["lang"] = "en"
    return field
