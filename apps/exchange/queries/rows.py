"""Rows as the checks compare them."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC

from django.db.models.fields.files import FieldFile

from apps.consultations.models import Consultation, Meeting, ProposalVersion
from apps.consultations.queries import (
    deadline_changes_of,
    documents_of,
    english_texts,
    every_topic_of,
    map_facts_of,
    meetings_of,
    minutes_topics_of,
    parties_of,
    phases_of,
    team_of,
    versions_of,
    words_of,
)
from apps.discussions.models import (
    AgreementSum,
    Attachment,
    CitizenProposal,
    Contribution,
    LetterCluster,
    Signpost,
    SuggestionStep,
)
from apps.discussions.queries import Links, contributions_in_full, links_of, voice_of
from apps.exchange.engine.agreement import (
    ConsultationRow,
    ContributionRow,
    DocumentRow,
    FileRow,
    MeetingRow,
    SummaryRow,
    TopicRow,
)
from apps.exchange.engine.story import PartyStory
from apps.exchange.queries.outcomes import outcome_row
from apps.ledger.actions import fingerprint
from apps.publications.models import AnswerDraft, Assignment, Summary
from apps.publications.queries import statements_of

BATCH = 500


def consultation_row(consultation: Consultation) -> ConsultationRow:
    """Return the consultation with what belongs to it, apart from its contributions."""
    versions, signposts = versions_of(consultation), Signpost.objects.filter(topic__consultation=consultation)
    return ConsultationRow(
        subject_id=consultation.pk,
        published_at=consultation.published_at if consultation.is_published else None,
        phases=len(phases_of(consultation)),
        basis=consultation.legal_basis_id or "none",
        late="yes" if consultation.takes_late else "no",
        shortened=_shortened(consultation),
        deadlines={row.pk: (row.old.isoformat(), row.new.isoformat()) for row in deadline_changes_of(consultation)},
        team={member.pk: member.role for member in team_of(consultation) if member.added_at},
        english=len(english_texts(consultation)),
        parties=_parties(consultation),
        status=consultation.status,
        told_phases=_told_phases(consultation),
        topics=_topic_rows(consultation),
        meetings=[_meeting_row(meeting) for meeting in meetings_of(consultation) if meeting.announced_at],
        proposals=_proposals(versions),
        last_proposal=versions[0].version if versions else 0,
        proposal_version=consultation.proposal_version,
        documents=list(_document_rows(consultation)),
        signposts=set(signposts.values_list("number", "topic_id", "root_number", "to_topic_id")),
        letters=_letters(consultation),
        suggestions=_suggestions(consultation),
        agreed=_agreed(consultation),
        citizens=_citizens(consultation),
        next_number=consultation.next_number,
        last_received_at=consultation.last_received_at,
        published_count=consultation.published_count,
        summary=_summary_row(consultation),
        assigned={
            row.contribution_id: str(row.assignee) for row in Assignment.objects.filter(consultation=consultation)
        },
        answer_drafts=_answer_drafts(consultation),
        outcome=outcome_row(consultation),
        mode=consultation.moderation_mode,
        map=map_facts_of(consultation),
    )


def _proposals(versions: Sequence[ProposalVersion]) -> dict[int, str]:
    """One that is older than the entries of versions has no salt, and is told by none."""
    salted = (version for version in versions if version.salt)
    return {version.version: fingerprint(bytes(version.salt), words_of(version)) for version in salted}


def _assigned(consultation: Consultation) -> dict[int, str]:
    rows = Assignment.objects.filter(consultation=consultation)
    return {row.contribution_id: str(row.assignee) for row in rows}


def _answer_drafts(consultation: Consultation) -> dict[int, tuple[str, int]]:
    rows = AnswerDraft.objects.filter(consultation=consultation)
    return {pk: (status, revision) for pk, status, revision in rows.values_list("pk", "status", "revision")}


def _letters(consultation: Consultation) -> dict[int, tuple[int, int | None, int]]:
    clusters = LetterCluster.objects.filter(topic__consultation=consultation).order_by("pk")
    return {row.pk: (row.topic_id, row.shown_number, row.size) for row in clusters}


def _parties(consultation: Consultation) -> dict[int, PartyStory]:
    return {
        party.pk: PartyStory(
            kind=party.kind,
            invitations={row.pk: (row.way, row.invited_on.isoformat()) for row in party.first_first},
            has_answered=party.answered_number is not None,
        )
        for party in parties_of(consultation)
    }


def _told_phases(consultation: Consultation) -> set[tuple[str, str]]:
    notes = consultation.phase_notes.order_by("pk")
    return {(note.kind, note.moment.astimezone(UTC).isoformat()) for note in notes if note.noted_at}


def _suggestions(consultation: Consultation) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    steps = SuggestionStep.objects.filter(contribution__consultation=consultation).select_related("contribution")
    for step in steps.order_by("pk"):
        told = (step.status, fingerprint(bytes(step.salt), step.sentence))
        found.setdefault(step.contribution.number, []).append(told)
    return found


def _agreed(consultation: Consultation) -> dict[int, int]:
    sums = AgreementSum.objects.filter(contribution__consultation=consultation)
    return dict(sums.values_list("contribution__number", "told"))


def _citizens(consultation: Consultation) -> dict[int, tuple[int, int, int, str, int | None]]:
    rows = CitizenProposal.objects.filter(contribution__consultation=consultation).select_related("contribution")
    return {
        row.contribution.number: (
            row.threshold,
            row.days + row.more_days,
            row.minimum_age,
            row.outcome,
            row.supporters,
        )
        for row in rows.order_by("pk")
    }


def _topic_rows(consultation: Consultation) -> list[TopicRow]:
    return [
        TopicRow(
            subject_id=topic.pk,
            slug=topic.slug,
            published_count=topic.published_count,
            answered_count=topic.answered_count,
            merged_into=topic.merged_into_id,
        )
        for topic in every_topic_of(consultation)
    ]


def _shortened(consultation: Consultation) -> tuple[int, int] | None:
    days, minimum = consultation.chosen_period, consultation.statutory_minimum
    return (days, minimum) if days is not None and minimum is not None and days < minimum else None


def _meeting_row(meeting: Meeting) -> MeetingRow:
    has_minutes = meeting.minutes_published_at is not None
    return MeetingRow(
        number=meeting.number,
        subject_id=meeting.pk,
        is_called_off=meeting.is_called_off,
        minutes=sorted(topic.pk for topic in minutes_topics_of(meeting)) if has_minutes else None,
    )


def _document_rows(consultation: Consultation) -> Iterator[DocumentRow]:
    """Yield each version of each document, with the checksum of what lies in its file now."""
    for document in documents_of(consultation):
        for version in document.newest_first:
            yield DocumentRow(
                subject_id=document.pk,
                version=version.version,
                sha256=version.sha256,
                stored=_checksum(version.file),
                is_held=version.is_held,
            )


def _checksum(file: FieldFile) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _summary_row(consultation: Consultation) -> SummaryRow | None:
    summary = Summary.objects.filter(consultation=consultation).first()
    if summary is None:
        return None
    shown = statements_of(summary, is_public=True)
    text = "\n".join(statement.words for statement in shown)
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
        links = links_of(rows)
        yield from (_contribution_row(row, links.get(row.pk, Links())) for row in rows)
        after = rows[-1].number


def _contribution_row(row: Contribution, links: Links) -> ContributionRow:
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
        files=[_file_row(file) for file in row.files],  # type: ignore[attr-defined]
        is_forgotten=not row.author_name,
        outside=_outside(row),
        answers=links.answers,
        corrects=links.corrects,
    )


def _file_row(row: Attachment) -> FileRow:
    stored = "" if row.is_removed else _checksum(row.file)
    return FileRow(
        fingerprint=row.fingerprint,
        proven=fingerprint(bytes(row.salt), stored) if stored else "",
        is_held=row.is_held,
        is_removed=row.is_removed,
    )


def _outside(row: Contribution) -> tuple[str, str] | None:
    voice = voice_of(row)
    return (voice.channel, voice.came_on.isoformat()) if voice else None
