"""The map of a consultation, set as a whole."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.accounts.models import User
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.actions.telling import tell
from apps.consultations.engine.map_reading import read_shapes
from apps.consultations.engine.map_shapes import (
    Bounds,
    MapPlan,
    MapShape,
    check_plan,
    numbered,
    points_in,
    sha256_of,
)
from apps.consultations.enums import MAP_SET
from apps.consultations.models import Consultation, ConsultationMap, MapFeature
from apps.consultations.queries import map_of

__all__ = ["MapPlan", "MapShape", "read_shapes", "set_map"]

BATCH = 1_000


@transaction.atomic
def set_map(*, consultation: Consultation, plan: MapPlan, form_key: UUID | None = None, by: User, at: datetime) -> bool:
    """Let this map take the place of the one before; a map without features is none. False when nothing differs.

    `form_key` is the sign of the form that sets it: sent again, as with a second click, it changes nothing. Raises
    UnfitMap for what is not whole, not in the country, or more than can be shown.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    if form_key and ConsultationMap.objects.filter(consultation=consultation, form_key=form_key).exists():
        return False
    rings = tuple(sorted(set(plan.rings)))
    plan = replace(plan, shapes=numbered(plan.shapes), description=one_line(plan.description), rings=rings)
    check_plan(plan, Bounds(*settings.COUNTRY_BOUNDS))
    sha256, before = sha256_of(plan), map_of(consultation)
    if before is None and not plan.shapes:
        return False
    if before is not None and before.sha256 == sha256:
        return False
    _keep(consultation, plan, sha256, form_key, at)
    counts = {"features": len(plan.shapes), "points": points_in(plan.shapes)}
    tell(kind=MAP_SET, consultation=consultation, by=by, at=at, sha256=sha256, **counts)
    return True


def _keep(consultation: Consultation, plan: MapPlan, sha256: str, form_key: UUID | None, at: datetime) -> None:
    MapFeature.objects.filter(consultation=consultation).delete()
    rows = (
        MapFeature(consultation=consultation, position=position, **asdict(one))
        for position, one in enumerate(plan.shapes, start=1)
    )
    MapFeature.objects.bulk_create(rows, batch_size=BATCH)
    about = {
        "description": plan.description,
        "rings": list(plan.rings),
        "features": len(plan.shapes),
        "sha256": sha256,
        "set_at": at,
        "form_key": form_key,
    }
    ConsultationMap.objects.update_or_create(consultation=consultation, defaults=about)
