"""Setting up the municipality, and changing what it promises."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction

from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.municipality.enums import (
    MUNICIPALITY_SET_UP,
)
from apps.municipality.models import District, Municipality
from apps.municipality.queries import KEY


@transaction.atomic
def set_up_municipality(
    *,
    facts: dict[str, Any],
    district_names: Iterable[str],
    postal_codes: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Municipality:
    """Make or change the one municipality and its districts; districts that exist stay.

    `postal_codes` are those of a district by its name, apart by spaces; the ones of other districts stay.
    """
    municipality, _made = Municipality.objects.update_or_create(pk=1, defaults=facts)
    for name in district_names:
        District.objects.get_or_create(name=name)
    for name, codes in (postal_codes or {}).items():
        District.objects.filter(name=name).update(postal_codes=codes)
    record(MUNICIPALITY_SET_UP, subject=municipality, by=by, at=at)
    transaction.on_commit(lambda: cache.delete(KEY))
    return municipality
