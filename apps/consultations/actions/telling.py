"""How a change to a consultation, or to a topic of it, enters the ledger."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.consultations.models import Consultation, Topic
from apps.ledger.actions import record
from apps.ledger.enums import Kind


@transaction.atomic
def tell(*, kind: Kind, consultation: Consultation, by: User, at: datetime, **facts: str | int) -> None:
    """Record one entry about the consultation itself, by an official."""
    record(kind, subject=consultation, by=as_official(by), at=at, consultation_id=consultation.pk, facts=facts)


@transaction.atomic
def tell_of_topic(*, kind: Kind, topic: Topic, by: User, at: datetime, **facts: str) -> None:
    """Record one entry about a topic, by an official."""
    about = {"consultation_id": topic.consultation_id, "topic_id": topic.pk}
    record(kind, subject=topic, by=as_official(by), at=at, **about, facts=facts)
