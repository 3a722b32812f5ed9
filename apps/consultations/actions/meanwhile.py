"""Nothing is lost by two officials who save at once, and nothing is made twice by two clicks."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from apps.common.errors import DomainError
from apps.consultations.engine.fingerprints import fingerprint
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.models import Consultation

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def save_over(*, consultation: Consultation, seen: str, stored: Callable[[], Any], save: Callable[[], bool]) -> bool:
    """Carry out `save`, and return what it answers, if `stored` still is what the form showed that was typed in.

    `seen` is the fingerprint with which the form began; one that lost it is let through. Who saves what stands there
    already, as with a second click, takes nothing from anybody. Raises ChangedMeanwhile, and what `save` raises.
    """
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    is_another = bool(seen) and seen != fingerprint(stored())
    try:
        changed = save()
    except DomainError as refused:
        if is_another:
            raise ChangedMeanwhile from refused
        raise
    if is_another and changed:
        raise ChangedMeanwhile
    return changed


def made_before(rows: "QuerySet[Row]", form_key: UUID | None) -> Row | None:
    """Return the row that the same sending of a form made, as with a second click. The caller holds a lock on them."""
    return rows.filter(form_key=form_key).first() if form_key else None
