"""Beginning a white paper, its introduction, and its way: written, read by a second official, corrected."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, is_unseen, one_line, to_html
from apps.consultations.models import Consultation
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.publications.actions.papers import advance, lock_statements, locked_paper, require_fit
from apps.publications.enums import (
    WHITE_PAPER_BEGUN,
    WHITE_PAPER_DRAFTED,
    WHITE_PAPER_REOPENED,
    WHITE_PAPER_REVIEW_ASKED,
    WHITE_PAPER_SENT_BACK,
    WHITE_PAPER_TAKEN_BACK,
    PaperStatus,
)
from apps.publications.errors import NothingWritten, UnfitPaper
from apps.publications.models import (
    LONGEST_COMMENT,
    LONGEST_INTRO,
    LONGEST_SENTENCE,
    WhitePaper,
)


@transaction.atomic
def begin_white_paper(*, consultation: Consultation, by: User, at: datetime) -> WhitePaper:
    """Begin the consultation's white paper; one that was begun is given back as it stands. Raises NotAllowed."""
    require("publications.write_white_paper", by, consultation)
    paper, is_new = WhitePaper.objects.get_or_create(consultation=consultation, defaults={"begun_at": at})
    if is_new:
        _tell(WHITE_PAPER_BEGUN, paper, by, at)
    return paper


@transaction.atomic
def save_intro(*, paper: WhitePaper, intro: str, seen: int | None = None, by: User, at: datetime) -> bool:
    """Keep the introduction, in the small Markdown; answer False when it stands there already.

    `seen` is the revision of the white paper that the official had before them. Raises NotAllowed, PaperLocked,
    UnfitPaper, and WrittenMeanwhile when there is a later one.
    """
    text = clean(intro).strip()
    require_fit({"intro": text}, {"intro": LONGEST_INTRO})
    if locked_paper(paper, by).intro == text:
        return False
    advance(locked_paper(paper, by, seen=seen), intro=text, intro_html=to_html(text))
    _tell(WHITE_PAPER_DRAFTED, paper, by, at)
    paper.refresh_from_db()
    return True


@transaction.atomic
def ask_for_review(*, paper: WhitePaper, seen: int | None = None, by: User, at: datetime) -> bool:
    """Ask a second official to read the white paper, which nobody changes meanwhile; False when that was asked.

    Raises NotAllowed, PaperLocked, WrittenMeanwhile, and NothingWritten for an empty one.
    """
    require("publications.write_white_paper", by, paper.consultation)
    standing = WhitePaper.objects.select_for_update().get(pk=paper.pk)
    if standing.is_in_review and standing.asked_by_id == by.pk:
        return False
    locked = locked_paper(paper, by, seen=seen)
    if not lock_statements(locked) and is_unseen(locked.intro):
        raise NothingWritten
    advance(locked, status=PaperStatus.IN_REVIEW, asked_by=by, asked_at=at, comment="")
    _tell(WHITE_PAPER_REVIEW_ASKED, paper, by, at)
    paper.refresh_from_db()
    return True


@transaction.atomic
def take_back(*, paper: WhitePaper, by: User, at: datetime) -> bool:
    """Take a white paper that a second official reads back to be worked on; False when nobody reads it.

    Raises NotAllowed.
    """
    require("publications.write_white_paper", by, paper.consultation)
    return _to_draft(paper, WHITE_PAPER_TAKEN_BACK, by, at, comment="")


@transaction.atomic
def send_back(*, paper: WhitePaper, comment: str, by: User, at: datetime) -> bool:
    """Give the white paper back to those who write it, with what has to change; False when it was given back.

    Raises NotAllowed, and UnfitPaper without a comment.
    """
    standing = WhitePaper.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=paper.pk)
    if standing.is_draft:
        return False
    require("publications.review_white_paper", by, standing)
    words = clean(comment).strip()
    if is_unseen(words):
        raise UnfitPaper(_("Write what has to change, so that your colleague can go on."), "comment")
    require_fit({"comment": words}, {"comment": LONGEST_COMMENT})
    return _to_draft(paper, WHITE_PAPER_SENT_BACK, by, at, comment=words)


@transaction.atomic
def begin_correction(*, paper: WhitePaper, note: str, by: User, at: datetime) -> bool:
    """Work on the next version of a published white paper; everyone reads the last one until that is published.

    `note` says what is corrected, and stands on the new version. False when one is worked on already. Raises
    NotAllowed, UnfitPaper without a note.
    """
    require("publications.write_white_paper", by, paper.consultation)
    words = one_line(note)
    if is_unseen(words):
        raise UnfitPaper(_("Write what is corrected or added: it stands on the new version."), "note")
    require_fit({"note": words}, {"note": LONGEST_SENTENCE})
    standing = WhitePaper.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=paper.pk)
    if not standing.is_published:
        return False
    advance(standing, status=PaperStatus.DRAFT, note=words, comment="")
    record(
        WHITE_PAPER_REOPENED,
        subject=paper,
        by=as_official(by),
        at=at,
        consultation_id=paper.consultation_id,
        facts={"version": standing.version},
    )
    paper.refresh_from_db()
    return True


def _to_draft(paper: WhitePaper, kind: Kind, by: User, at: datetime, *, comment: str) -> bool:
    standing = WhitePaper.objects.select_for_update().get(pk=paper.pk)
    if not standing.is_in_review:
        return False
    advance(standing, status=PaperStatus.DRAFT, comment=comment)
    _tell(kind, paper, by, at)
    paper.refresh_from_db()
    return True


def _tell(kind: Kind, paper: WhitePaper, by: User, at: datetime) -> None:
    record(kind, subject=paper, by=as_official(by), at=at, consultation_id=paper.consultation_id)
