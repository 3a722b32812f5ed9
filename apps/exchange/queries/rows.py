"""Rows as the checks compare them."""

from collections.abc import Iterator

from apps.consultations.models import Consultation
from apps.consultations.queries import deadline_changes_of, documents_of, phases_of, topics_of
from apps.discussions.models import Contribution, LetterCluster, Signpost
from apps.discussions.queries import contributions_in_full
from apps.exchange.engine.agreement import ConsultationRow, ContributionRow, SummaryRow, TopicRow
from apps.ledger.actions import fingerprint
from apps.publications.models import Summary
from apps.publications.queries import statements_of

BATCH = 500


def consultation_row(consultation: Consultation) -> ConsultationRow:
    """Return the consultation with what belongs to it, apart from its contributions."""
    signposts = Signpost.objects.filter(topic__consultation=consultation)
    return ConsultationRow(
        subject_id=consultation.pk,
        published_at=consultation.published_at if consultation.is_published else None,
        phases=len(phases_of(consultation)),
        basis=consultation.legal_basis_id or "none",
        late="yes" if consultation.takes_late else "no",
        shortened=_shortened(consultation),
        deadlines={row.pk: (row.old.isoformat(), row.new.isoformat()) for row in deadline_changes_of(consultation)},
        topics=[
            TopicRow(
                subject_id=topic.pk,
                slug=topic.slug,
                published_count=topic.published_count,
                answered_count=topic.answered_count,
            )
            for topic in topics_of(consultation)
        ],
        documents=[document.sha256 for document in documents_of(consultation)],
        signposts=set(signposts.values_list("number", "topic_id", "root_number", "to_topic_id")),
        letters={
            row.pk: (row.topic_id, row.shown_number, row.size)
            for row in LetterCluster.objects.filter(topic__consultation=consultation).order_by("pk")
        },
        next_number=consultation.next_number,
        last_received_at=consultation.last_received_at,
        published_count=consultation.published_count,
        summary=_summary_row(consultation),
        mode=consultation.moderation_mode,
    )


def _shortened(consultation: Consultation) -> tuple[int, int] | None:
    days, minimum = consultation.chosen_period, consultation.statutory_minimum
    return (days, minimum) if days is not None and minimum is not None and days < minimum else None


def _summary_row(consultation: Consultation) -> SummaryRow | None:
    summary = Summary.objects.filter(consultation=consultation).first()
    if summary is None:
        return None
    shown = statements_of(summary, is_public=True)
    text = "\n".join(f"{statement.title}\n{statement.body}" for statement in shown)
    return SummaryRow(
        subject_id=summary.pk,
        drafts=len(statements_of(summary, is_public=False)),
        version=summary.version,
        published_at=summary.published_at,
        numbers=sorted({citation.number for statement in shown for citation in statement.citations.all()}),
        fingerprint=fingerprint(b"", text),
    )


def contribution_rows(consultation: Consultation) -> Iterator[ContributionRow]:
    """Return all contributions by number, read in batches."""
    after = 0
    while rows := contributions_in_full(consultation.pk, after=after, limit=BATCH):
        yield from (_contribution_row(row) for row in rows)
        after = rows[-1].number


def _contribution_row(row: Contribution) -> ContributionRow:
    former = sorted(row.past_texts.all(), key=lambda past: past.version)
    texts = [*((bytes(past.salt), past.body) for past in former), (bytes(row.salt), row.body)]
    return ContributionRow(
        subject_id=row.moved_to_id or row.pk,
        number=row.number,
        topic_id=row.topic_id,
        root=row.number if row.root_id is None else row.stands_under,  # type: ignore[attr-defined]
        root_number=row.root_number,
        in_reply_to=row.stands_answering,  # type: ignore[attr-defined]
        in_reply_to_number=row.in_reply_to_number,
        kind=row.kind,
        status=row.status,
        reason=row.refusal_reason_id,
        received_at=row.received_at,
        came_late=row.came_late,
        decided_at=row.decided_at,
        unread_since=row.unread_since,
        answered_at=row.answered_at,
        version=row.version,
        fingerprints=[fingerprint(salt, body) for salt, body in texts],
        is_empty=not any(salt or body for salt, body in texts),
        erased_at=row.text_erased_at,
        ground=row.erasure_ground,
        letter=row.cluster_id,
    )
