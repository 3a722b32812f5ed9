"""Officials write and publish consultations."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import to_html
from apps.common.slugs import danish_slug
from apps.consultations.engine.timeline import AnyPhase, last_deadline, writing_phase
from apps.consultations.enums import (
    CONSULTATION_DRAFTED,
    CONSULTATION_PUBLISHED,
    CONSULTATION_REVISED,
    DEADLINE_EXTENDED,
    DOCUMENT_ADDED,
    PHASE_SET,
    TOPIC_ADDED,
    TOPIC_REVISED,
    ConsultationStatus,
    TopicIcon,
    WriteAccess,
)
from apps.consultations.errors import AddressTaken, NotReady
from apps.consultations.models import Consultation, Document, Fact, Meeting, Phase, Topic
from apps.ledger.actions import record
from apps.ledger.enums import Kind


@dataclass(frozen=True, kw_only=True)
class ConsultationText:
    """What an official writes about a consultation."""

    title: str
    lede: str = ""
    body: str = ""
    decision_note: str = ""
    contact: str = ""
    write_access: WriteAccess = WriteAccess.CONFIRMED


@dataclass(frozen=True, kw_only=True)
class PhaseDates:
    """A phase as an official sets it; `closes_at` is the instant at which it is over."""

    title: str
    opens_at: datetime
    closes_at: datetime | None = None
    accepts_contributions: bool = False


@dataclass(frozen=True, kw_only=True)
class TopicText:
    """What an official writes about a topic."""

    title: str
    question: str = ""
    icon: TopicIcon = TopicIcon.CHAT
    facts_source: str = ""


@transaction.atomic
def draft_consultation(*, text: ConsultationText, slug: str = "", by: User, at: datetime) -> Consultation:
    """Make a draft that only officials see. Raises AddressTaken when the address is in use."""
    require("consultations.edit_consultation", by)
    address = slug or danish_slug(text.title)
    if Consultation.objects.filter(slug=address).exists():
        raise AddressTaken
    consultation = Consultation.objects.create(
        slug=address, created_by=by, created_at=at, body_html=to_html(text.body), **asdict(text)
    )
    _tell(CONSULTATION_DRAFTED, consultation, by, at)
    return consultation


@transaction.atomic
def revise_consultation(*, consultation: Consultation, text: ConsultationText, by: User, at: datetime) -> bool:
    """Change the texts; answer False when nothing differs."""
    require("consultations.edit_consultation", by)
    changes = {name: value for name, value in asdict(text).items() if getattr(consultation, name) != value}
    if not changes:
        return False
    for name, value in changes.items():
        setattr(consultation, name, value)
    consultation.body_html = to_html(consultation.body)
    consultation.save(update_fields=[*changes, "body_html"])
    _tell(CONSULTATION_REVISED, consultation, by, at)
    return True


@transaction.atomic
def publish_consultation(*, consultation: Consultation, by: User, at: datetime) -> bool:
    """Show the consultation to everyone; answer False when it was. Raises NotReady with what is missing."""
    require("consultations.edit_consultation", by)
    if not consultation.topics.exists():
        raise NotReady(_("Add at least one topic before you publish."))
    if not consultation.phases.filter(accepts_contributions=True).exists():
        raise NotReady(_("Add a phase in which people can write before you publish."))
    changed = Consultation.objects.filter(pk=consultation.pk, status=ConsultationStatus.DRAFT).update(
        status=ConsultationStatus.PUBLISHED, published_at=at
    )
    if changed:
        consultation.refresh_from_db()
        _tell(CONSULTATION_PUBLISHED, consultation, by, at)
    return bool(changed)


@transaction.atomic
def set_phases(*, consultation: Consultation, phases: Sequence[PhaseDates], by: User, at: datetime) -> None:
    """Replace the phases. Moving the deadline of a published consultation leaves an entry of its own."""
    require("consultations.edit_consultation", by)
    before = list(Phase.objects.filter(consultation=consultation).order_by("position"))
    Phase.objects.filter(consultation=consultation).delete()
    made = [Phase(consultation=consultation, position=step, **asdict(p)) for step, p in enumerate(phases, start=1)]
    Phase.objects.bulk_create(made)
    _tell(PHASE_SET, consultation, by, at, phases=len(phases))
    old, new = _deadline(before, at), _deadline(made, at)
    if consultation.is_published and old and new and old != new:
        _tell(DEADLINE_EXTENDED, consultation, by, at, old=old.isoformat(), new=new.isoformat())


def _deadline(phases: Sequence[AnyPhase], at: datetime) -> datetime | None:
    phase = writing_phase(phases, at)
    return phase.closes_at if phase else last_deadline(phases, at)


@transaction.atomic
def add_topic(*, consultation: Consultation, text: TopicText, slug: str = "", by: User, at: datetime) -> Topic:
    """Add a topic at the end. Its address comes from the title, with a number when it is taken."""
    require("consultations.edit_consultation", by)
    wanted = slug or danish_slug(text.title) or "topic"
    taken = set(Topic.objects.filter(consultation=consultation).values_list("slug", flat=True))
    address = next(name for name in _candidates(wanted) if name not in taken)
    topic = Topic.objects.create(consultation=consultation, slug=address, position=len(taken) + 1, **asdict(text))
    record(
        TOPIC_ADDED,
        subject=topic,
        by=as_official(by),
        at=at,
        consultation_id=consultation.pk,
        topic_id=topic.pk,
        facts={"slug": address},
    )
    return topic


def _candidates(wanted: str) -> list[str]:
    return [wanted, *(f"{wanted}-{step}" for step in range(2, 1000))]


@transaction.atomic
def revise_topic(*, topic: Topic, text: TopicText, by: User, at: datetime) -> bool:
    """Change a topic's texts; its address stays. Answer False when nothing differs."""
    require("consultations.edit_consultation", by)
    changes = {name: value for name, value in asdict(text).items() if getattr(topic, name) != value}
    if not changes:
        return False
    Topic.objects.filter(pk=topic.pk).update(**changes)
    topic.refresh_from_db()
    record(
        TOPIC_REVISED,
        subject=topic,
        by=as_official(by),
        at=at,
        consultation_id=topic.consultation_id,
        topic_id=topic.pk,
        facts={"slug": topic.slug},
    )
    return True


@transaction.atomic
def set_facts(
    *, consultation: Consultation, topic: Topic | None, facts: Sequence[tuple[str, str]], by: User, at: datetime
) -> None:
    """Replace the key figures of the consultation, or of one topic, by these (figure, what it says)."""
    require("consultations.edit_consultation", by)
    Fact.objects.filter(consultation=consultation, topic=topic).delete()
    Fact.objects.bulk_create(
        Fact(consultation=consultation, topic=topic, position=step, value=value, label=label)
        for step, (value, label) in enumerate(facts, start=1)
    )
    _tell(CONSULTATION_REVISED, consultation, by, at)


@transaction.atomic
def add_document(*, consultation: Consultation, title: str, file: "File[bytes]", by: User, at: datetime) -> Document:
    """Add a PDF at the end of the documents. The form has checked what it is."""
    require("consultations.edit_consultation", by)
    digest = hashlib.file_digest(file.open("rb"), "sha256").hexdigest()
    document = Document(
        consultation=consultation,
        position=consultation.documents.count() + 1,
        title=title,
        size=file.size,
        sha256=digest,
    )
    file.seek(0)
    document.file.save(f"{danish_slug(title) or 'document'}.pdf", file, save=False)
    document.save()
    record(DOCUMENT_ADDED, subject=document, by=as_official(by), at=at, consultation_id=consultation.pk, facts={"sha256": digest})
    return document


@transaction.atomic
def add_meeting(  # noqa: PLR0913 - what a meeting is made of
    *, consultation: Consultation, title: str, starts_at: datetime, ends_at: datetime, place: str, note: str, by: User, at: datetime
) -> Meeting:
    """Announce a public meeting."""
    require("consultations.edit_consultation", by)
    meeting = Meeting.objects.create(
        consultation=consultation, title=title, starts_at=starts_at, ends_at=ends_at, place=place, note=note
    )
    _tell(CONSULTATION_REVISED, consultation, by, at)
    return meeting


def _tell(kind: Kind, consultation: Consultation, by: User, at: datetime, **facts: str | int) -> None:
    record(kind, subject=consultation, by=as_official(by), at=at, consultation_id=consultation.pk, facts=facts)
