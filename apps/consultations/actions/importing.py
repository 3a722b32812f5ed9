"""Consultations that were held elsewhere: opened as a whole by an import, with the entries an official's would have."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from apps.common.richtext import clean
from apps.consultations.actions.outline import PhaseDates
from apps.consultations.actions.proposals import keep_version
from apps.consultations.actions.texts import RESERVED_ADDRESSES, ConsultationText
from apps.consultations.engine.sections import proposal_html
from apps.consultations.enums import (
    CONSULTATION_DRAFTED,
    CONSULTATION_PUBLISHED,
    PHASE_SET,
    TOPIC_ADDED,
    ConsultationStatus,
)
from apps.consultations.errors import AddressTaken
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.queries import phases_of
from apps.ledger.actions import Draft, Fact, record_many
from apps.ledger.enums import Kind
from apps.ledger.models import Actor


@dataclass(frozen=True, kw_only=True)
class ImportedTopic:
    """A topic as the source has it, under an address made from it."""

    slug: str
    title: str
    question: str = ""


@transaction.atomic
def open_imported_consultation(  # noqa: PLR0913 - what a consultation is made of
    *, slug: str, text: ConsultationText, phase: PhaseDates, topics: Sequence[ImportedTopic], by: Actor, at: datetime
) -> Consultation:
    """Show a consultation that was held elsewhere to everyone, with its topics and the phase in which people wrote.

    Raises AddressTaken when another consultation has the address.
    """
    if slug in RESERVED_ADDRESSES or Consultation.objects.filter(slug=slug).exists():
        raise AddressTaken
    body = clean(text.body).strip()
    consultation = Consultation.objects.create(
        **asdict(text) | {"body": body},
        slug=slug,
        body_html=proposal_html(body),
        status=ConsultationStatus.PUBLISHED,
        created_at=at,
        published_at=at,
        is_imported=True,
    )
    record_many([_draft(CONSULTATION_DRAFTED, consultation, by, at)])
    set_imported_phase(consultation=consultation, phase=phase, by=by, at=at)
    add_imported_topics(consultation=consultation, topics=topics, by=by, at=at)
    record_many([_draft(CONSULTATION_PUBLISHED, consultation, by, at)])
    keep_version(consultation=consultation, by=by, at=at)
    return consultation


@transaction.atomic
def set_imported_phase(*, consultation: Consultation, phase: PhaseDates, by: Actor, at: datetime) -> bool:
    """Let the one phase of an imported consultation have these dates; answer False when it has them."""
    before = phases_of(consultation)
    if [(row.opens_at, row.closes_at) for row in before] == [(phase.opens_at, phase.closes_at)]:
        return False
    Phase.objects.filter(consultation=consultation).delete()
    Phase.objects.create(consultation=consultation, position=1, **asdict(phase))
    record_many([_draft(PHASE_SET, consultation, by, at, phases=1)])
    return True


@transaction.atomic
def add_imported_topics(
    *, consultation: Consultation, topics: Sequence[ImportedTopic], by: Actor, at: datetime
) -> list[Topic]:
    """Add topics of the source at the end, each under the address that was made for it."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    first = Topic.objects.filter(consultation=consultation).count() + 1
    made = [
        Topic.objects.create(consultation=consultation, position=position, **asdict(topic))
        for position, topic in enumerate(topics, start=first)
    ]
    record_many(
        [
            Draft(
                kind=TOPIC_ADDED,
                subject=topic,
                by=by,
                at=at,
                consultation_id=consultation.pk,
                topic_id=topic.pk,
                facts={"slug": topic.slug},
            )
            for topic in made
        ]
    )
    return made


def _draft(kind: Kind, consultation: Consultation, by: Actor, at: datetime, **facts: Fact) -> Draft:
    return Draft(kind=kind, subject=consultation, by=by, at=at, consultation_id=consultation.pk, facts=facts)
