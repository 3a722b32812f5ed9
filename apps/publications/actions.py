"""Writing and publishing a consultation's summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, to_html
from apps.consultations.models import Consultation
from apps.discussions.queries import published_by_numbers
from apps.ledger.actions import fingerprint, record
from apps.publications.enums import SUMMARY_DRAFTED, SUMMARY_PUBLISHED, SummaryStatus
from apps.publications.errors import CannotCite, NothingToPublish
from apps.publications.models import Citation, Statement, Summary


@dataclass(frozen=True, kw_only=True)
class StatementText:
    """A statement as an official writes it, with the numbers it cites."""

    title: str
    body: str
    cites: Sequence[int]


@transaction.atomic
def draft_summary(
    *, consultation: Consultation, statements: Sequence[StatementText], by: User, at: datetime
) -> Summary:
    """Replace the draft's statements by these. What is published stays as it is until the draft is published.

    Raises CannotCite with the numbers that are not published contributions of this consultation.
    """
    require("publications.write_summary", by)
    summary, _made = Summary.objects.get_or_create(consultation=consultation, defaults={"author": by})
    Statement.objects.filter(summary=summary, is_public=False).delete()
    for position, text in enumerate(statements, start=1):
        _write(summary, position, text)
    record(
        SUMMARY_DRAFTED,
        subject=summary,
        by=as_official(by),
        at=at,
        consultation_id=consultation.pk,
        facts={"statements": len(statements)},
    )
    return summary


def _write(summary: Summary, position: int, text: StatementText) -> None:
    found = published_by_numbers(summary.consultation_id, text.cites)
    missing = sorted(set(text.cites) - {row.number for row in found})
    if missing:
        raise CannotCite(", ".join(map(str, missing)))
    body = clean(text.body).strip()
    statement = Statement.objects.create(
        summary=summary, position=position, title=text.title, body=body, body_html=to_html(body)
    )
    Citation.objects.bulk_create(Citation(statement=statement, contribution=row, number=row.number) for row in found)


@transaction.atomic
def publish_summary(*, summary: Summary, by: User, at: datetime) -> Summary:
    """Show the draft's statements to everyone in place of those before; the draft stays as a copy to go on from.

    Raises NothingToPublish without statements, or when one cites nobody.
    """
    require("publications.write_summary", by)
    drafts = list(Statement.objects.filter(summary=summary, is_public=False).order_by("position"))
    cited = {draft.pk: list(draft.citations.order_by("number")) for draft in drafts}
    if not drafts or not all(cited.values()):
        raise NothingToPublish
    Statement.objects.filter(summary=summary, is_public=True).delete()
    for draft in drafts:
        _publish(draft, cited[draft.pk])
    numbers = sorted({citation.number for citations in cited.values() for citation in citations})
    Summary.objects.filter(pk=summary.pk).update(
        status=SummaryStatus.PUBLISHED, version=summary.version + 1, author=by, covers_until=at, published_at=at
    )
    summary.refresh_from_db()
    text = "\n".join(f"{draft.title}\n{draft.body}" for draft in drafts)
    record(
        SUMMARY_PUBLISHED,
        subject=summary,
        by=as_official(by),
        at=at,
        consultation_id=summary.consultation_id,
        facts={
            "version": summary.version,
            "cited": len(numbers),
            "numbers": numbers,
            "fingerprint": fingerprint(b"", text),
        },
    )
    return summary


def _publish(draft: Statement, citations: Sequence[Citation]) -> None:
    shown = Statement.objects.create(
        summary_id=draft.summary_id,
        position=draft.position,
        title=draft.title,
        body=draft.body,
        body_html=draft.body_html,
        is_public=True,
    )
    Citation.objects.bulk_create(
        Citation(statement=shown, contribution_id=row.contribution_id, number=row.number) for row in citations
    )
