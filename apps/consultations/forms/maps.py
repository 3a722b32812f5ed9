"""What officials type about a map, and the file they bring."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.common.forms import KeyedForm, LongText, NumberFree, Rows
from apps.common.uploads import FileKind, UnfitFile, fit_file
from apps.consultations.engine.map_reading import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_NUMBER,
    TALLEST_M,
    check_sizes,
    read_number,
    read_shapes,
)
from apps.consultations.engine.map_shapes import MOST_RINGS, MapShape, places_of
from apps.consultations.engine.utm32 import is_utm32, to_degrees
from apps.consultations.enums import MapKind
from apps.consultations.errors import UnfitMap
from apps.consultations.models import MapFeature

POINT_KINDS = [(kind.value, kind.label) for kind in (MapKind.TURBINE, MapKind.POINT)]


class MapFileForm(forms.Form):
    """A file of GeoJSON. What it becomes is a list of shapes."""

    file = forms.FileField(
        label=_("File with the map"),
        help_text=_(
            "GeoJSON in degrees (WGS 84), at most 2 MB and 20,000 points. Each point may say kind (turbine or other), "
            "number, name, height_m, rotor_m and note."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    def clean_file(self) -> list[MapShape]:
        """Return what the file draws; a refusal goes to its field."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            fit = fit_file(name=file.name or "", size=file.size or 0, content=file, allowed={FileKind.GEOJSON})
            return read_shapes(fit.content.read())
        except (UnfitFile, UnfitMap) as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


class DrawnForm(KeyedForm):
    """Areas that were drawn on the page, as the page's script writes them: GeoJSON in a field that nobody sees."""

    drawn = forms.CharField(label=_("Drawn areas"), required=False, strip=False, widget=forms.HiddenInput)

    def clean_drawn(self) -> list[MapShape]:
        """Return what was drawn, checked like a file."""
        content = self.cleaned_data["drawn"].encode()
        if not content:
            return []
        try:
            kind = {FileKind.GEOJSON}
            fit = fit_file(name="drawn.geojson", size=len(content), content=BytesIO(content), allowed=kind)
            return read_shapes(fit.content.read())
        except (UnfitFile, UnfitMap) as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


class PointForm(NumberFree):
    """A point in degrees, or in metres of UTM zone 32."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=POINT_KINDS, coerce=MapKind, initial=MapKind.TURBINE)
    number = forms.CharField(label=_("Number"), max_length=LONGEST_NUMBER, required=False)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    north = forms.CharField(label=_("Latitude or northing"), max_length=20)
    east = forms.CharField(label=_("Longitude or easting"), max_length=20)
    height_m = forms.CharField(label=_("Total height in metres"), max_length=8, required=False)
    rotor_m = forms.CharField(label=_("Rotor diameter in metres"), max_length=8, required=False)
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False)

    def clean_height_m(self) -> float | None:
        """Return metres."""
        return self._metres("height_m")

    def clean_rotor_m(self) -> float | None:
        """Return metres."""
        return self._metres("rotor_m")

    def _metres(self, name: str) -> float | None:
        typed = self.cleaned_data[name]
        metres = read_number(typed) if typed else None
        if typed and (metres is None or not 1 <= metres <= TALLEST_M):
            raise forms.ValidationError(
                _("Write metres as a number from 1 to %(most)s.") % {"most": TALLEST_M}, code="invalid"
            )
        return None if metres is None else round(metres, 1)

    def clean(self) -> dict[str, Any]:
        """Make a shape of what was typed: degrees, or metres where the two numbers can be nothing else."""
        asked = super().clean() or self.cleaned_data
        if self.errors:
            return asked
        place = _place(asked["north"], asked["east"])
        if place is None:
            sentence = _(
                "Write degrees, as 56.05 and 8.31, or metres of UTM zone 32 (EPSG:25832), as 6210000 and 456000."
            )
            self.add_error("north", sentence)
            return asked
        is_turbine = asked["kind"] == MapKind.TURBINE
        height, rotor = (asked["height_m"], asked["rotor_m"]) if is_turbine else (None, None)
        try:
            check_sizes(height, rotor, str(asked["name"] or asked["number"] or _("The point")))
        except UnfitMap as unfit:
            self.add_error("rotor_m", str(unfit))
        asked["shape"] = MapShape(
            kind=asked["kind"],
            geometry={"type": "Point", "coordinates": [round(place[1], 6), round(place[0], 6)]},
            number=asked["number"],
            name=asked["name"],
            note=asked["note"],
            height_m=height,
            rotor_m=rotor,
        )
        return asked


def _place(north: str, east: str) -> tuple[float, float] | None:
    up, right = read_number(north), read_number(east)
    if up is None or right is None:
        return None
    if is_utm32(easting=right, northing=up):
        return to_degrees(easting=right, northing=up)
    return (up, right) if abs(up) <= 90 and abs(right) <= 180 else None  # noqa: PLR2004 - degrees


class PointRows(Rows):
    """The points of a map."""

    form = PointForm


def point_as_typed(feature: MapFeature) -> dict[str, Any]:
    """Return a point as its row shows it."""
    longitude, latitude = places_of(feature.geometry)[0]
    names = ("kind", "number", "name", "height_m", "rotor_m", "note")
    return {"north": f"{latitude:.6f}", "east": f"{longitude:.6f}"} | {name: getattr(feature, name) for name in names}


class MapTextForm(NumberFree):
    """What a map shows in words, the distances drawn on it, and which areas and lines leave it."""

    description = LongText(
        label=_("What the map shows, in words"),
        max_length=1000,
        required=False,
        help_text=_("For those who cannot see it: where it is, how things lie to each other, what is near."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rings = forms.CharField(
        label=_("Further distances in metres"),
        max_length=60,
        required=False,
        help_text=_(
            "With commas between them: 600, 1000. Four times the total height of each turbine is drawn by itself."
        ),
    )
    removed = forms.TypedMultipleChoiceField(
        label=_("Remove from the map"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, others: list[MapFeature], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(feature.position, f"{feature.get_kind_display()}: {feature.shown_name}") for feature in others]
        self.fields["removed"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["removed"]

    def clean_rings(self) -> tuple[int, ...]:
        """Return the distances; how many and how long they may be says the action."""
        words = [word for word in self.cleaned_data["rings"].replace(";", ",").split(",") if word.strip()]
        numbers = [read_number(word.strip().removesuffix("m")) for word in words]
        if len(words) > MOST_RINGS or None in numbers:
            raise forms.ValidationError(
                _("Write at most %(most)s distances in metres, with commas between them.") % {"most": MOST_RINGS}
            )
        return tuple(round(number) for number in numbers if number is not None)
