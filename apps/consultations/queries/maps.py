"""The map of a consultation, and what stands on it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.consultations.engine.map_shapes import MapPlan, MapShape, points_in, sha256_of
from apps.consultations.enums import MapKind
from apps.consultations.models import Consultation, ConsultationMap, MapFeature


def map_of(consultation: Consultation) -> ConsultationMap | None:
    """Return the consultation's map as it was last set, also one that was emptied."""
    return ConsultationMap.objects.filter(consultation=consultation).select_related("consultation").first()


def shown_map_of(consultation: Consultation) -> ConsultationMap | None:
    """Return the map if there is something on it, for those who see the consultation."""
    found = map_of(consultation)
    return found if found and found.features else None


def features_of(consultation: Consultation) -> QuerySet[MapFeature]:
    """Return what stands on the map, in the order of the map."""
    return MapFeature.objects.filter(consultation=consultation).order_by("position")


def plan_of(found: ConsultationMap | None, features: Iterable[MapFeature]) -> MapPlan:
    """Return the map as it is drawn, handed out and fingerprinted."""
    return MapPlan(
        shapes=[shape_of(feature) for feature in features],
        description=found.description if found else "",
        rings=tuple(found.rings) if found else (),
    )


def map_facts_of(consultation: Consultation) -> tuple[int, int, str] | None:
    """Return features, points and checksum of the map, counted from its rows as they are now."""
    found = map_of(consultation)
    if found is None:
        return None
    plan = plan_of(found, features_of(consultation))
    return len(plan.shapes), points_in(plan.shapes), sha256_of(plan)


def shape_of(feature: MapFeature) -> MapShape:
    """Return a feature as it is drawn."""
    told: dict[str, Any] = {
        name: getattr(feature, name) for name in ("geometry", "number", "name", "note", "height_m", "rotor_m")
    }
    return MapShape(kind=MapKind(feature.kind), **told)
