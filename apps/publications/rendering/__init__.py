"""Statements and answers as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.common.richtext import to_html, trusted
from apps.discussions.models import Contribution
from apps.publications.engine.statements import StatementText
from apps.publications.models import AnswerDraft, Statement
from apps.publications.queries import body_of, is_older_here, title_of


@dataclass(frozen=True)
class ShownStatement:
    """A statement with its text as HTML and the numbers it cites, never a word of what they stand for.

    `language` is empty where it is the page's own; `is_older` says of an English text that the Danish one was changed
    since.
    """

    position: int
    title: str
    html: SafeString
    numbers: tuple[int, ...]
    language: str = ""
    is_older: bool = False


@dataclass(frozen=True)
class ShownContribution:
    """A published contribution with its text as HTML."""

    row: Contribution
    html: SafeString


def shown_statements(statements: Iterable[Statement]) -> list[ShownStatement]:
    """Return stored statements for a page."""
    return [_shown(one, tuple(citation.number for citation in one.citations.all())) for one in statements]


def shown_text(position: int, text: StatementText, *, english_of: str = "") -> ShownStatement:
    """Return a statement that is not stored yet, as it will look; `english_of` is what its English was written to."""
    words = {name: getattr(text, name) for name in ("title", "body", "title_en", "body_en")}
    html = {"body_html": to_html(text.body), "body_en_html": to_html(text.body_en)}
    return _shown(Statement(position=position, english_of=english_of, **words, **html), tuple(text.cites))


def _shown(statement: Statement, numbers: tuple[int, ...]) -> ShownStatement:
    title, body = title_of(statement), body_of(statement)
    older = is_older_here(statement)
    return ShownStatement(statement.position, title.text, trusted(body.html), numbers, title.language, older)


def shown_answer(body: str) -> SafeString:
    """Return an answer that is not stored yet, as it will look."""
    return trusted(to_html(body))


def shown_contributions(rows: Iterable[Contribution]) -> list[ShownContribution]:
    """Return published contributions for a page."""
    return [ShownContribution(row, trusted(row.body_html)) for row in rows]


@dataclass(frozen=True)
class ShownAsked:
    """Something that a draft answers: with its text where everyone can read it, else with why it cannot be answered."""

    row: Contribution
    html: SafeString | None
    why_not: str


def shown_in_draft(draft: AnswerDraft, rows: Iterable[Contribution]) -> list[ShownAsked]:
    """Return what a draft answers, for its page: nothing of the text of what is not public, or stands elsewhere now."""
    return [_shown_asked(draft, row) for row in rows]


def _shown_asked(draft: AnswerDraft, row: Contribution) -> ShownAsked:
    if row.consultation_id != draft.consultation_id:
        return ShownAsked(
            row, None, _("It was moved to a different place, where it is no. %(number)s.") % {"number": row.number}
        )
    if not row.is_published:
        return ShownAsked(
            row, None, _("No. %(number)s is not shown any more, so it cannot be answered.") % {"number": row.number}
        )
    return ShownAsked(row, trusted(row.body_html), "")
