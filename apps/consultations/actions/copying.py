"""A hearing begun as a copy of another."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.common.calendar import zone
from apps.common.permissions import require
from apps.consultations.actions.legal import LegalTerms, set_legal_terms
from apps.consultations.actions.outline import FactText, PhaseDates, TopicText, add_topic, set_facts, set_phases
from apps.consultations.actions.telling import tell
from apps.consultations.actions.texts import ConsultationText, draft_consultation, drafted_before
from apps.consultations.engine.copies import UNFILLED
from apps.consultations.engine.fingerprints import sending
from apps.consultations.engine.legal_clock import Stretch, begun_on
from apps.consultations.enums import CONSULTATION_COPIED
from apps.consultations.models import Consultation, Fact, Topic
from apps.consultations.queries import facts_of, phases_of, topics_of


@transaction.atomic
def copy_consultation(  # noqa: PLR0913 - what a copy is made of
    *,
    source: Consultation,
    title: str,
    slug: str,
    first_day: date | None = None,
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Consultation:
    """Make a draft with the texts, topics, settings and legal basis of another hearing; whoever copies owns it.

    Its phases come along with their lengths and what lies between them, extensions included, so moved that the first
    one opens on `first_day`; without that day there are none. Key figures come along as what they say and their unit,
    to be filled in. Nothing comes along that belongs to the other case: contributions, who decides, papers, map,
    meetings with minutes, team, English texts, the numbers in Plandata and in the records system, a reason for a
    shorter period, stops, steps and decisions; nor does a legal basis that no hearing can be given any more, which the
    checklist says.
    The same form sent again gives the copy that it made before, known by its `key`. Raises NotAllowed for who does not
    see the source, AddressTaken.
    """
    require("consultations.copy_consultation", by, source)
    said = {name: getattr(source, name) for name in ConsultationText.__dataclass_fields__}
    text = ConsultationText(**said | {"title": title, "decision_note": ""})
    # The other request of a double click waits here until the first one is through.
    Consultation.objects.select_for_update(of=("self",)).get(pk=source.pk)
    key = sending(key, [source.pk, str(first_day)])
    before = drafted_before(text=text, slug=slug, key=key)
    if before is not None:
        return before
    made = draft_consultation(text=text, slug=slug, key=key, by=by, at=at)
    _fill(made, source, first_day, by, at)
    tell(kind=CONSULTATION_COPIED, consultation=made, by=by, at=at, source=source.pk)
    made.refresh_from_db()
    return made


def _fill(made: Consultation, source: Consultation, first_day: date | None, by: User, at: datetime) -> None:
    """Give the draft the legal basis, phases, topics and key figures of the other hearing."""
    basis = source.legal_basis if source.legal_basis and source.legal_basis.is_selectable else None
    terms = LegalTerms(legal_basis=basis, takes_late=source.takes_late)
    set_legal_terms(consultation=made, terms=terms, by=by, at=at)
    if first_day is not None:
        set_phases(consultation=made, phases=_phases(source, first_day), by=by, at=at)
    for topic in topics_of(source):
        add_topic(
            consultation=made,
            text=_topic(topic),
            slug=topic.slug,
            facts=_unfilled(facts_of(source, topic)),
            by=by,
            at=at,
        )
    set_facts(consultation=made, topic=None, facts=_unfilled(facts_of(source)), by=by, at=at)


def _phases(source: Consultation, first_day: date) -> list[PhaseDates]:
    before = phases_of(source)
    stretches = [Stretch(position=row.position, opens_at=row.opens_at, closes_at=row.closes_at) for row in before]
    return [
        PhaseDates(
            title=row.title,
            opens_at=moved.opens_at,
            closes_at=moved.closes_at,
            accepts_contributions=row.accepts_contributions,
        )
        for row, moved in zip(before, begun_on(stretches, day=first_day, zone=zone()), strict=True)
    ]


def _topic(topic: Topic) -> TopicText:
    said = {name: getattr(topic, name) for name in TopicText.__dataclass_fields__}
    return TopicText(**said | {"facts_source": ""})


def _unfilled(facts: Sequence[Fact]) -> list[FactText]:
    return [FactText(value=UNFILLED, label=fact.label, unit=fact.unit) for fact in facts]
