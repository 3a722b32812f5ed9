"""What all changes of a white paper have in common: the lock, the state, the words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.permissions import require
from apps.publications.errors import PaperLocked, UnfitPaper, WrittenMeanwhile
from apps.publications.models import PaperStatement, WhitePaper
from apps.publications.rules import why_not_change
from apps.screening.rules import why_not_publishable

# What decides who may change it, and whether anybody may.
_STATE = ("status", "version", "consultation__kind", "consultation__status", "consultation__published_at")


def locked_paper(paper: WhitePaper, by: User, *, seen: int | None = None) -> WhitePaper:
    """Return the white paper under its lock, for somebody who may change it as it stands.

    `seen` is the revision that the official had before them. Raises NotAllowed, PaperLocked, WrittenMeanwhile.
    """
    rows = WhitePaper.objects.select_for_update(of=("self",)).select_related("consultation")
    locked = rows.get(pk=paper.pk)
    require_open(locked, by)
    require_seen(locked, seen)
    return locked


def locked_statement(
    statement: PaperStatement, by: User, *, with_words: bool = False
) -> tuple[PaperStatement, WhitePaper]:
    """Return the statement under its lock, and its white paper as it stands then, for somebody who may change it.

    Others change other statements meanwhile; who publishes locks them all. Raises NotAllowed, PaperLocked, and
    PaperStatement.DoesNotExist for what was removed.
    """
    rows = PaperStatement.objects.select_for_update()
    locked = (rows if with_words else rows.only("paper")).get(pk=statement.pk)
    # Read after the lock: whoever publishes has changed the state before we got it.
    paper = WhitePaper.objects.select_related("consultation").only(*_STATE).get(pk=locked.paper_id)
    require_open(paper, by)
    return locked, paper


def lock_statements(paper: WhitePaper) -> bool:
    """Let nobody work on any statement of it before the transaction ends; tell whether there is one.

    Who is at work on one ends first; who comes after finds what was done. Everyone locks contributions before the
    consultation, that before its white paper, and that before statements.
    """
    return bool(PaperStatement.objects.select_for_update().filter(paper=paper).order_by("pk").values_list("pk"))


def require_open(paper: WhitePaper, by: User) -> None:
    """Pass who may write the white paper, while it is written. Raises NotAllowed, PaperLocked."""
    require("publications.write_white_paper", by, paper.consultation)
    refused = why_not_change(paper)
    if refused is not None:
        raise PaperLocked(refused)


def require_seen(paper: WhitePaper, seen: int | None) -> None:
    """Pass who had the newest revision of the white paper before them. Raises WrittenMeanwhile."""
    if seen is not None and seen != paper.revision:
        raise WrittenMeanwhile(
            _(
                "A colleague changed the white paper after you opened it. What you wrote is still here: compare, then "
                "save again."
            )
        )


def advance(paper: WhitePaper, **changes: object) -> None:
    """Store changes of the white paper as its next revision."""
    paper.revision += 1
    for name, value in changes.items():
        setattr(paper, name, value)
    WhitePaper.objects.filter(pk=paper.pk).update(revision=paper.revision, **changes)


def require_fit(words: Mapping[str, str], longest: Mapping[str, int]) -> None:
    """Pass words that can be stored and shown. Raises UnfitPaper with the field that they were written in."""
    for name, text in words.items():
        if len(text) > longest[name]:
            raise UnfitPaper(
                _("This is %(count)s characters long. At most %(most)s are shown: shorten it.")
                % {"count": len(text), "most": longest[name]},
                name,
            )
        sentence = why_not_publishable(text)
        if sentence is not None:
            raise UnfitPaper(sentence, name)
