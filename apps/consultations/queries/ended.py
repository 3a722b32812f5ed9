"""Topics that are not there any more. Their rows are gone: the ledger alone remembers them."""

from collections.abc import Collection
from typing import Any

from apps.consultations.enums import TOPIC_REMOVED
from apps.consultations.models import Consultation
from apps.consultations.queries.consultations import visible_consultations
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of


def removed_topic(consultation: Consultation, slug: str) -> int | None:
    """Return the id of the topic that stood at that address until it was deleted, or None where there was none."""
    told = Entry.objects.filter(kind=TOPIC_REMOVED.name, consultation_id=consultation.pk).order_by("-pk")
    return next((entry.topic_id for entry in told if facts_of(entry)["slug"] == slug), None)


def removed_topics(viewer: Any, ids: Collection[int]) -> dict[int, tuple[Consultation, str]]:
    """Return those of these topics that were deleted, by id: their address and the consultation the viewer sees."""
    told = list(Entry.objects.filter(kind=TOPIC_REMOVED.name, topic_id__in=ids).order_by("pk")) if ids else []
    owners = visible_consultations(viewer).in_bulk({entry.consultation_id for entry in told}) if told else {}
    return {
        entry.topic_id: (owners[entry.consultation_id], facts_of(entry)["slug"])
        for entry in told
        if entry.topic_id and entry.consultation_id in owners
    }
