"""Writing and publishing a consultation's summary."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.models import Consultation
from apps.discussions.actions import keep_in_place
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_numbers
from apps.ledger.actions import fingerprint, record
from apps.publications.engine.statements import StatementText
from apps.publications.enums import (
    SUMMARY_DRAFTED,
    SUMMARY_PUBLISHED,
    SummaryStatus,
)
from apps.publications.errors import (
    CannotCite,
    NothingToPublish,
    UnfitStatement,
    WrittenMeanwhile,
)
from apps.publications.models import Citation, Statement, Summary
from apps.publications.queries import cited_from_elsewhere, english_of, statements_of, translations_of
from apps.screening.rules import why_not_publishable

_WORDS = ("title", "body", "body_html", "title_en", "body_en", "body_en_html", "english_of")


@transaction.atomic
def draft_summary(
    *, consultation: Consultation, statements: Sequence[StatementText], seen: int | None = None, by: User, at: datetime
) -> Summary:
    """Replace the draft's statements by these. What is published stays as it is until the draft is published.

    `seen` is the revision that the official had before them. Raises WrittenMeanwhile when there is a later one,
    CannotCite with the numbers that are not published contributions of this consultation, and UnfitStatement.
    """
    require("publications.write_summary", by, consultation)
    fit = [_fit(text) for text in statements]
    found, _made = Summary.objects.get_or_create(consultation=consultation, defaults={"author": by})
    summary = _locked(found.pk, seen)
    cited, translated = _cited(consultation, fit), translations_of(summary)
    Statement.objects.filter(summary=summary, is_public=False).delete()
    for position, text in enumerate(fit, start=1):
        _write(summary, position, text, cited, translated)
    _advance(summary)
    record(
        SUMMARY_DRAFTED,
        subject=summary,
        by=as_official(by),
        at=at,
        consultation_id=consultation.pk,
        facts={"statements": len(statements)},
    )
    return summary


def _fit(text: StatementText) -> StatementText:
    fit = StatementText(
        title=one_line(text.title),
        body=clean(text.body).strip(),
        cites=text.cites,
        title_en=one_line(text.title_en),
        body_en=clean(text.body_en).strip(),
        fits=text.fits,
    )
    sentence = why_not_publishable(f"{fit.title}\n{fit.body}\n{fit.title_en}\n{fit.body_en}")
    if sentence is not None:
        raise UnfitStatement(sentence)
    return fit


def _locked(pk: int, seen: int | None) -> Summary:
    summary = Summary.objects.select_for_update().get(pk=pk)
    if seen is not None and seen != summary.revision:
        raise WrittenMeanwhile
    return summary


def _cited(consultation: Consultation, texts: Iterable[StatementText]) -> dict[int, Contribution]:
    numbers = {number for text in texts for number in text.cites}
    found = {row.number: row for row in published_by_numbers(consultation.pk, sorted(numbers))}
    if missing := sorted(numbers - found.keys()):
        raise CannotCite(", ".join(map(str, missing)))
    return found


def _write(
    summary: Summary,
    position: int,
    text: StatementText,
    cited: dict[int, Contribution],
    translated: dict[tuple[str, str], str],
) -> None:
    statement = Statement.objects.create(
        summary=summary,
        position=position,
        title=text.title,
        body=text.body,
        body_html=to_html(text.body),
        title_en=text.title_en,
        body_en=text.body_en,
        body_en_html=to_html(text.body_en),
        english_of=english_of(text, translated),
    )
    Citation.objects.bulk_create(
        Citation(statement=statement, contribution=cited[number], number=number) for number in sorted(set(text.cites))
    )


def _advance(summary: Summary) -> None:
    summary.revision += 1
    Summary.objects.filter(pk=summary.pk).update(revision=summary.revision)


@transaction.atomic
def publish_summary(*, summary: Summary, seen: int | None = None, by: User, at: datetime) -> Summary:
    """Show the draft's statements to everyone in place of those before; the draft stays as a copy to go on from.

    `seen` is the revision that the official read. Raises WrittenMeanwhile when there is a later one, NothingToPublish
    without statements or when one cites nobody, CannotCite for what was moved to another consultation meanwhile.
    """
    require("publications.write_summary", by, summary.consultation)
    summary = _locked(summary.pk, seen)
    drafts = statements_of(summary, is_public=False)
    if not drafts or not all(draft.citations.all() for draft in drafts):
        raise NothingToPublish
    cited = {citation.contribution_id for draft in drafts for citation in draft.citations.all()}
    # Nothing leaves the consultation between this look and what is published of it.
    keep_in_place(contribution_ids=cited)
    if moved := cited_from_elsewhere(summary):
        raise CannotCite(", ".join(map(str, moved)))
    Statement.objects.filter(summary=summary, is_public=True).delete()
    for draft in drafts:
        _publish(draft)
    Summary.objects.filter(pk=summary.pk).update(
        status=SummaryStatus.PUBLISHED, version=summary.version + 1, author=by, covers_until=at, published_at=at
    )
    _advance(summary)
    summary.refresh_from_db()
    numbers = sorted({citation.number for draft in drafts for citation in draft.citations.all()})
    text = "\n".join(draft.words for draft in drafts)
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


def _publish(draft: Statement) -> None:
    shown = Statement.objects.create(
        summary_id=draft.summary_id,
        position=draft.position,
        is_public=True,
        **{name: getattr(draft, name) for name in _WORDS},
    )
    Citation.objects.bulk_create(
        Citation(statement=shown, contribution_id=row.contribution_id, number=row.number)
        for row in draft.citations.all()
    )
