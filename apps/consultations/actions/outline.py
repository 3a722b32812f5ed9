"""What a consultation is divided into: phases in time, topics, key figures."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.common.permissions import Sentence, require
from apps.common.slugs import danish_slug
from apps.consultations.actions.english import note_danish
from apps.consultations.actions.meanwhile import made_before
from apps.consultations.actions.telling import tell, tell_of_topic
from apps.consultations.engine.fingerprints import sending
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.enums import (
    CONSULTATION_REVISED,
    PHASE_SET,
    TOPIC_ADDED,
    TOPIC_REVISED,
    TopicIcon,
)
from apps.consultations.errors import UnfitDates
from apps.consultations.models import Consultation, Fact, Phase, Topic
from apps.consultations.queries import periods_of, phases_of
from apps.consultations.rules import (
    days_promised,
    why_not_hear_again,
    why_not_open_later,
    why_not_take_back,
    why_not_these_phases,
)

RESERVED_ADDRESSES = frozenset({"new"})


class FactText(NamedTuple):
    """A key figure as an official writes it."""

    value: str
    label: str
    unit: str = ""
    source: str = ""


Facts = Sequence[FactText | tuple[str, str]]


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
def set_phases(*, consultation: Consultation, phases: Sequence[PhaseDates], by: User, at: datetime) -> bool:
    """Replace the phases; answer False when nothing differs. Raises UnfitDates for dates that make no sense.

    It is raised too where a published consultation would take back a day on which people were to write: only
    `extend_deadline` moves a public deadline.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    before = phases_of(standing)
    if [_dates(phase) for phase in before] == list(phases):
        return False
    refused = _why_not(standing, before, phases, at)
    if refused is not None:
        raise UnfitDates(refused)
    Phase.objects.filter(consultation=consultation).delete()
    made = [Phase(consultation=consultation, position=step, **asdict(p)) for step, p in enumerate(phases, start=1)]
    Phase.objects.bulk_create(made)
    tell(kind=PHASE_SET, consultation=consultation, by=by, at=at, phases=len(phases))
    return True


def _why_not(
    standing: Consultation, before: Sequence[AnyPhase], phases: Sequence[PhaseDates], at: datetime
) -> Sentence | None:
    refused = why_not_hear_again(standing, phases, at=at) or why_not_these_phases(phases)
    if refused is not None or not standing.is_published:
        return refused
    taken_back = why_not_take_back(before, phases, at=at)
    if taken_back is not None:
        return taken_back
    periods = (periods_of(standing, dates, at=at) for dates in (before, phases))
    return why_not_open_later(*periods, least=days_promised(standing))


def _dates(phase: AnyPhase) -> PhaseDates:
    return PhaseDates(
        title=phase.title,
        opens_at=phase.opens_at,
        closes_at=phase.closes_at,
        accepts_contributions=phase.accepts_contributions,
    )


@transaction.atomic
def add_topic(  # noqa: PLR0913 - what a topic is made of
    *,
    consultation: Consultation,
    text: TopicText,
    slug: str = "",
    facts: Facts = (),
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Topic:
    """Add a topic with its key figures at the end. Its address comes from the title, numbered when it is taken.

    The same text with the same `key`, as with a second click, is the topic that was made then.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    form_key = sending(key, [asdict(text), list(facts)])
    made = made_before(consultation.topics.all(), form_key)
    if made is not None:
        return made
    taken = set(Topic.objects.filter(consultation=consultation).values_list("slug", flat=True))
    wanted = slug or danish_slug(text.title) or "topic"
    address = next(name for name in _candidates(wanted) if name not in taken | RESERVED_ADDRESSES)
    last = Topic.objects.filter(consultation=consultation).aggregate(last=Max("position"))["last"] or 0
    where = {"slug": address, "position": last + 1, "form_key": form_key}
    topic = Topic.objects.create(consultation=consultation, **where, **asdict(text))
    _replace_facts(consultation, topic, facts)
    tell_of_topic(kind=TOPIC_ADDED, topic=topic, by=by, at=at, slug=address)
    return topic


def _candidates(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted}-{step}" for step in count(2))


@transaction.atomic
def revise_topic(*, topic: Topic, text: TopicText, facts: Facts | None = None, by: User, at: datetime) -> bool:
    """Change a topic's texts, and its key figures if they are given; its address stays. False when nothing differs."""
    require("consultations.edit_consultation", by, topic.consultation)
    Consultation.objects.select_for_update().get(pk=topic.consultation_id)
    changes = {name: value for name, value in asdict(text).items() if getattr(topic, name) != value}
    has_new_facts = facts is not None and _replace_facts(topic.consultation, topic, facts)
    if not changes and not has_new_facts:
        return False
    if changes:
        Topic.objects.filter(pk=topic.pk).update(**changes)
        note_danish(consultation=topic.consultation, at=at)
    topic.refresh_from_db()
    tell_of_topic(kind=TOPIC_REVISED, topic=topic, by=by, at=at, slug=topic.slug)
    return True


@transaction.atomic
def set_facts(*, consultation: Consultation, topic: Topic | None, facts: Facts, by: User, at: datetime) -> bool:
    """Replace the key figures of the consultation, or of one topic, by these.

    Answers False when nothing differs.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not _replace_facts(consultation, topic, facts):
        return False
    tell(kind=CONSULTATION_REVISED, consultation=consultation, by=by, at=at)
    return True


def _replace_facts(consultation: Consultation, topic: Topic | None, facts: Facts) -> bool:
    stored = Fact.objects.filter(consultation=consultation, topic=topic)
    written = [FactText(*fact) for fact in facts]
    if list(stored.order_by("position").values_list(*FactText._fields)) == written:
        return False
    stored.delete()
    Fact.objects.bulk_create(
        Fact(consultation=consultation, topic=topic, position=step, **fact._asdict())
        for step, fact in enumerate(written, start=1)
    )
    return True
