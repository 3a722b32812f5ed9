"""The map of a consultation and what stands on it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.consultations.enums import MapKind
from apps.consultations.models.consultations import Consultation


class ConsultationMap(models.Model):
    """A map as it was last set: who sees the consultation sees it.

    `sha256` is the checksum of its file (`engine.map_shapes.geojson_of`), and `rings` are further distances in metres.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="map")
    description = models.CharField(_("what the map shows"), max_length=1000, blank=True)
    rings = models.JSONField(default=list)
    features = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    set_at = models.DateTimeField()
    # The key of the form that set it, so that a double click draws once.
    form_key = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"map of {self.consultation_id}"


class MapFeature(models.Model):
    """One thing on the map. Its geometry is that of GeoJSON, checked when the map was set."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="map_features")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=MapKind.choices)
    number = models.CharField(_("number"), max_length=6, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    geometry = models.JSONField()
    height_m = models.FloatField(_("total height"), null=True)
    rotor_m = models.FloatField(_("rotor diameter"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "position"], name="map_feature_position_once"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Its name, or what it is and its number."""
        return self.name or f"{MapKind(self.kind).label} {self.number or self.position}"

    @property
    def shows_number(self) -> bool:
        """Its name leaves open which number it has on the map."""
        return bool(self.number and self.name) and not self.name.endswith(self.number)
