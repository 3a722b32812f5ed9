"""Maps for tests, set by the house's own action."""

import json
from datetime import datetime
from typing import Any

from apps.consultations.actions import MapPlan, read_shapes, set_map
from apps.consultations.models import Consultation, ConsultationMap
from tests import factories

SQUARE = [[8.18, 56.38], [8.21, 56.38], [8.21, 56.395], [8.18, 56.395], [8.18, 56.38]]


def feature(shape: str, coordinates: Any, /, **properties: Any) -> dict[str, Any]:
    """Return a feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def a_turbine(number: int = 1, *, height: float = 150, **more: Any) -> dict[str, Any]:
    """Return a turbine on the heath; each number stands elsewhere."""
    place = [round(8.18 + number * 0.005, 6), 56.385]
    told = {"kind": "turbine", "number": number, "name": f"Turbine {number}", "height_m": height, "rotor_m": 130}
    return feature("Point", place, **told | more)


def a_file(*features: dict[str, Any]) -> bytes:
    """Return a file of GeoJSON with these features."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def a_map(consultation: Consultation, *, at: datetime, turbines: int = 2, **more: Any) -> ConsultationMap:
    """Return the map of a consultation: an area with so many turbines."""
    content = a_file(feature("Polygon", [SQUARE], name="Heath"), *(a_turbine(n) for n in range(1, turbines + 1)))
    plan = MapPlan(shapes=read_shapes(content), description="A heath with turbines.", **more)
    set_map(consultation=consultation, plan=plan, by=factories.an_official(at), at=at)
    return ConsultationMap.objects.get(consultation=consultation)


def a_crowd(consultation: Consultation, *, at: datetime) -> None:
    """Set a map of nearly as many points as there may be: an outline and single ones."""
    points = [feature("Point", [round(8.1 + n / 10_000, 6), round(56 + n % 90 / 900, 6)]) for n in range(9_000)]
    edge = [[round(8.1 + step / 20_000, 6), round(56 + (step % 7) / 5_000, 6)] for step in range(10_990)]
    outline = feature("Polygon", [[*edge, [8.65, 56.5], [8.1, 56.5], edge[0]]], name="Heath")
    plan = MapPlan(shapes=read_shapes(a_file(outline, *points)))
    set_map(consultation=consultation, plan=plan, by=factories.an_official(at), at=at)
