"""Large synthetic consultations for load tests, with true numbers, counts, entries and times."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from apps.common.errors import NotAllowed
from apps.consultations.actions import (
    ConsultationText,
    ImportedTopic,
    PhaseDates,
    add_imported_topics,
    open_imported_consultation,
)
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions.actions import Author, Received, Writing, name_offsite_authors, receive_many
from apps.discussions.enums import ContributionKind
from apps.discussions.models import OffsiteAuthor
from apps.exchange.engine.synthetic import AUTHORS, Invented, invented_texts, invented_thread
from apps.exchange.enums import PHASE
from apps.exchange.queries import ImportFigures, import_figures
from apps.exchange.rules import why_not_an_address
from apps.ledger.models import Actor

BATCH = 2000
APART = timedelta(seconds=20)
YEAR, MONTH = timedelta(days=365), timedelta(days=30)

_KINDS = (ContributionKind.VIEW, ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL)


def seed_load(*, contributions: int, topics: int, slug: str, by: Actor, at: datetime) -> ImportFigures:
    """Add so many published contributions, 20 seconds apart, to at least so many topics of the consultation there.

    The consultation is made at the first time. Writing in it stays open for a month. Nothing lies in the future: where
    there is too little time since the last receipt, they stand closer together.
    """
    refused = why_not_an_address(slug)
    if refused:
        raise NotAllowed(refused)
    consultation = _consultation(slug, count=contributions, by=by, at=at)
    places = _topics(consultation, topics, by=by, at=at)
    authors = name_offsite_authors(consultation_id=consultation.pk, refs=[f"invented-{n}" for n in range(AUTHORS)])
    first = consultation.last_received_at or at - _span(contributions)
    apart = min(APART, max(at - first, timedelta()) / contributions) if contributions else APART
    made = 0
    while made < contributions:
        size = min(BATCH, contributions - made)
        thread = invented_thread(size, topics=len(places), begins_at=consultation.next_number + made)
        rows = _rows(list(thread), places, list(authors.values()), first + made * apart, apart)
        receive_many(consultation_id=consultation.pk, rows=rows, by=by, decided_by=by)
        made += size
    return import_figures(consultation, skipped=0)


def _span(contributions: int) -> timedelta:
    return max(YEAR, contributions * APART + MONTH)


@transaction.atomic
def _consultation(slug: str, *, count: int, by: Actor, at: datetime) -> Consultation:
    found = Consultation.objects.filter(slug=slug).first()
    if found:
        return found
    return open_imported_consultation(
        slug=slug,
        text=ConsultationText(title=f"Belastningsprøve {slug}"[:140], lede="Opdigtede indlæg til prøver af hastighed."),
        phase=PhaseDates(title=PHASE, opens_at=at - _span(count), closes_at=at + MONTH, accepts_contributions=True),
        topics=(),
        by=by,
        at=at,
    )


def _topics(consultation: Consultation, wanted: int, *, by: Actor, at: datetime) -> list[Topic]:
    there = topics_of(consultation)
    missing = [
        ImportedTopic(slug=f"emne-{number}", title=f"Emne {number}", question="Hvad mener du?")
        for number in range(len(there) + 1, wanted + 1)
    ]
    return there + add_imported_topics(consultation=consultation, topics=missing, by=by, at=at)


def _rows(
    thread: Sequence[Invented],
    topics: Sequence[Topic],
    authors: Sequence[OffsiteAuthor],
    first: datetime,
    apart: timedelta,
) -> list[Received]:
    texts = invented_texts()
    return [
        Received(
            writing=Writing(
                topic=topics[row.topic],
                author=Author(name=authors[row.author].name, offsite=authors[row.author]),
                kind=_KINDS[row.text % len(_KINDS)],
                body=texts[row.text],
            ),
            received_at=first + (place + 1) * apart,
            reply_to=row.reply_to,
        )
        for place, row in enumerate(thread)
    ]
