"""What an imported consultation is called and divided into."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from apps.common.identity_numbers import mask
from apps.common.richtext import MAX_CHARACTERS, clean, plain
from apps.consultations.actions import ConsultationText, ImportedTopic, add_imported_topics
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions.models import Contribution
from apps.exchange.engine.addresses import topic_addresses
from apps.exchange.engine.rows import SourceConsultation, SourceTopic
from apps.ledger.models import Actor

TITLE, QUESTION = 140, 300


def consultation_text(source: SourceConsultation, title: str) -> ConsultationText:
    """Return what the consultation's page says: the source's title and its own description."""
    return ConsultationText(title=plain(mask(title), TITLE), body=mask(clean(source.description))[:MAX_CHARACTERS])


def imported_topics(topics: Iterable[SourceTopic], addresses: Mapping[str, str] | None = None) -> list[ImportedTopic]:
    """Return topics as they are opened, in the source's order."""
    listed = list(topics)
    addresses = addresses or topic_addresses(listed)
    return [
        ImportedTopic(
            slug=addresses[topic.source_id],
            title=plain(mask(topic.title), TITLE),
            question=plain(mask(topic.description), QUESTION),
        )
        for topic in listed
    ]


@transaction.atomic
def place_topics(
    *, consultation: Consultation, source: SourceConsultation, held: Mapping[str, Contribution], by: Actor, at: datetime
) -> dict[str, Topic]:
    """Return the consultation's topic for each of the source, and add those that it does not have.

    A topic is known by where its contributions stand, or else by its address.
    """
    known = {topic.slug: topic for topic in topics_of(consultation)}
    placed = _where_they_stand(source, held)
    addresses = topic_addresses(source.topics)
    for topic in source.topics:
        if topic.source_id not in placed and addresses[topic.source_id] in known:
            placed[topic.source_id] = known[addresses[topic.source_id]]
    missing = [topic for topic in source.topics if topic.source_id not in placed]
    texts = imported_topics(missing, topic_addresses(missing, taken=known))
    made = add_imported_topics(consultation=consultation, topics=texts, by=by, at=at)
    return placed | {topic.source_id: row for topic, row in zip(missing, made, strict=True)}


def _where_they_stand(source: SourceConsultation, held: Mapping[str, Contribution]) -> dict[str, Topic]:
    """Return for each topic of the source the one in which most of its contributions stand."""
    stands: dict[str, Counter[Topic]] = {}
    for row in source.rows:
        if row.source_id in held:
            stands.setdefault(row.topic, Counter())[held[row.source_id].topic] += 1
    return {name: found.most_common(1)[0][0] for name, found in stands.items()}
