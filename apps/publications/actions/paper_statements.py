"""Statements of a white paper: added, written, put in order, removed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.richtext import clean, is_unseen, one_line, to_html
from apps.consultations.models import Topic
from apps.ledger.actions import Fact, fingerprint, record
from apps.ledger.enums import Kind
from apps.publications.actions.papers import advance, locked_paper, locked_statement, require_fit
from apps.publications.engine.whitepapers import StatementWords
from apps.publications.enums import (
    STATEMENT_ADDED,
    STATEMENT_CHANGED,
    STATEMENT_REMOVED,
    WHITE_PAPER_DRAFTED,
    Disposition,
)
from apps.publications.errors import StatementHasPoints, UnfitPaper, WrittenMeanwhile
from apps.publications.models import (
    LONGEST_ARGUMENT,
    LONGEST_CHANGE,
    LONGEST_REFERENCE,
    LONGEST_REPLY,
    LONGEST_TITLE,
    PaperStatement,
    WhitePaper,
)
from apps.publications.queries import chapter_key, statements_in_order, topic_of

_LONGEST = {
    "title": LONGEST_TITLE,
    "argument": LONGEST_ARGUMENT,
    "disposition": 20,
    "reply": LONGEST_REPLY,
    "change": LONGEST_CHANGE,
    "change_reference": LONGEST_REFERENCE,
}
MOST_STATEMENTS = 1_000


@transaction.atomic
def add_statement(  # noqa: PLR0913 - what a statement begins with
    *, paper: WhitePaper, topic: Topic | None, title: str, argument: str = "", by: User, at: datetime
) -> PaperStatement:
    """Put a statement last under a topic, or across all; one in just these words there is given back as it stands.

    Raises NotAllowed, PaperLocked, UnfitPaper.
    """
    words = _fit(StatementWords(title=title, argument=argument))
    locked = locked_paper(paper, by)
    topic = _topic_in(locked, topic)
    standing = PaperStatement.objects.filter(paper=locked, topic=topic)
    twin = standing.filter(title=words.title, argument=words.argument).first()
    if twin is not None:
        return twin
    if PaperStatement.objects.filter(paper=locked).count() >= MOST_STATEMENTS:
        raise UnfitPaper(_("A white paper holds at most 1,000 statements. Put some together first."))
    made = PaperStatement.objects.create(
        paper=locked,
        topic=topic,
        position=_last(locked, topic) + 1,
        title=words.title,
        argument=words.argument,
        argument_html=to_html(words.argument),
        changed_at=at,
        changed_by=by,
    )
    _tell(STATEMENT_ADDED, made, locked, by, at, fingerprint=fingerprint(b"", made.words))
    return made


@transaction.atomic
def save_statement(  # noqa: PLR0913 - what an official saves
    *,
    statement: PaperStatement,
    words: StatementWords,
    topic: Topic | None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Keep what an official wrote of a statement; in another chapter it stands last. False when nothing differs.

    `seen` is the revision of the statement that they had before them. Raises NotAllowed, PaperLocked, UnfitPaper
    (also for a disposition without a reply), and WrittenMeanwhile when there is a later one.
    """
    fit = _fit(words)
    locked, paper = locked_statement(statement, by, with_words=True)
    topic = _topic_in(paper, topic)
    stays = chapter_key(locked) == chapter_key(PaperStatement(topic=topic))
    if stays and all(getattr(locked, name) == getattr(fit, name) for name in _LONGEST):
        return False
    if seen is not None and seen != locked.revision:
        raise WrittenMeanwhile(
            _(
                "A colleague saved this statement after you opened it. What you wrote is still in the form: compare, "
                "then save again."
            )
        )
    if not stays:
        locked.topic, locked.position = topic, _last(paper, topic) + 1
    for name in _LONGEST:
        setattr(locked, name, getattr(fit, name))
    locked.argument_html, locked.reply_html = to_html(fit.argument), to_html(fit.reply)
    locked.revision, locked.changed_at, locked.changed_by = locked.revision + 1, at, by
    locked.save()
    facts: dict[str, Fact] = {"disposition": locked.disposition, "fingerprint": fingerprint(b"", locked.words)}
    _tell(STATEMENT_CHANGED, locked, paper, by, at, **facts)
    statement.refresh_from_db()
    return True


@transaction.atomic
def move_statement(
    *,
    statement: PaperStatement,
    topic: Topic | None,
    before: PaperStatement | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Put a statement before another one under a topic, or last there; False when it stands there.

    One that was moved elsewhere or removed meanwhile is nothing to stand before: the statement is put last. Raises
    NotAllowed, PaperLocked.
    """
    paper = locked_paper(statement.paper, by)
    topic = _topic_in(paper, topic)
    key = chapter_key(PaperStatement(topic=topic))
    rows = [row for row in statements_in_order(paper) if chapter_key(row) == key]
    moved = PaperStatement.objects.select_for_update().get(pk=statement.pk)
    others = [row for row in rows if row.pk != moved.pk]
    place = next((step for step, row in enumerate(others) if before and row.pk == before.pk), len(others))
    wanted = [*others[:place], moved, *others[place:]]
    if [row.pk for row in wanted] == [row.pk for row in rows]:
        return False
    for position, row in enumerate(wanted, start=1):
        PaperStatement.objects.filter(pk=row.pk).update(topic=topic, position=position)
    advance(paper)
    record(WHITE_PAPER_DRAFTED, subject=paper, by=as_official(by), at=at, consultation_id=paper.consultation_id)
    statement.refresh_from_db()
    return True


@transaction.atomic
def remove_statement(*, statement: PaperStatement, by: User, at: datetime) -> bool:
    """Take a statement that nothing stands under out of the white paper; False when it was taken out.

    Raises NotAllowed, PaperLocked, StatementHasPoints.
    """
    paper = locked_paper(statement.paper, by)
    standing = PaperStatement.objects.select_for_update().filter(pk=statement.pk).first()
    if standing is None:
        return False
    if points := standing.points.count():
        raise StatementHasPoints(points)
    _tell(STATEMENT_REMOVED, standing, paper, by, at)
    standing.delete()
    return True


def _fit(words: StatementWords) -> StatementWords:
    """Return the words as they are stored. Raises UnfitPaper."""
    fit = StatementWords(
        title=one_line(words.title),
        argument=clean(words.argument).strip(),
        disposition=words.disposition,
        reply=clean(words.reply).strip(),
        change=one_line(words.change),
        change_reference=one_line(words.change_reference),
    )
    if is_unseen(fit.title):
        raise UnfitPaper(_("Write the argument in one line first."), "title")
    if fit.disposition and fit.disposition not in Disposition.values:
        raise UnfitPaper(_("Choose one of the dispositions in the list."), "disposition")
    if fit.disposition and is_unseen(fit.reply):
        raise UnfitPaper(
            _("Write the reply too: nobody is told what becomes of their argument without being told why."), "reply"
        )
    if fit.change_reference and is_unseen(fit.change):
        raise UnfitPaper(_("Write what is changed at that place, or leave the place out."), "change")
    require_fit({name: getattr(fit, name) for name in _LONGEST}, _LONGEST)
    return fit


def _topic_in(paper: WhitePaper, topic: Topic | None) -> Topic | None:
    """Return the topic of the consultation that a statement stands under; where it was merged, the other one."""
    if topic is None:
        return None
    if topic.consultation_id != paper.consultation_id:
        raise UnfitPaper(_("Choose one of the topics of this consultation."), "topic")
    return topic_of(PaperStatement(topic=topic))


def _last(paper: WhitePaper, topic: Topic | None) -> int:
    last = PaperStatement.objects.filter(paper=paper, topic=topic).aggregate(last=Max("position"))["last"]
    return int(last or 0)


def _tell(kind: Kind, statement: PaperStatement, paper: WhitePaper, by: User, at: datetime, **facts: Fact) -> None:
    record(
        kind,
        subject=statement,
        by=as_official(by),
        at=at,
        consultation_id=paper.consultation_id,
        facts={"statement": statement.pk, **facts},
    )
