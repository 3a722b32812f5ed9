"""Objecting to how a white paper renders a contribution, and answering that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_official
from apps.common.permissions import require
from apps.common.richtext import clean, is_unseen
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.publications.enums import OBJECTION_ANSWERED, OBJECTION_RECEIVED
from apps.publications.errors import ObjectedBefore, RepliedBefore, UnfitObjection
from apps.publications.models import LONGEST_OBJECTION, Objection, WhitePaper
from apps.screening.rules import why_not_publishable


@transaction.atomic
def object_to_rendering(*, contribution: Contribution, text: str, by: User, at: datetime) -> Objection:
    """Take in what an author says is wrong in how the white paper renders their contribution, for officials to answer.

    Once for each contribution: the same sent twice is one, anything else raises ObjectedBefore. Raises NotAllowed for
    everybody else and where nothing is published, and UnfitObjection.
    """
    require("publications.object_to_rendering", by, contribution)
    words = _fit(text, _("Write what is wrong, so that an official can answer it."))
    paper = WhitePaper.objects.get(consultation=contribution.consultation_id)
    objection, made = Objection.objects.get_or_create(
        paper=paper,
        contribution=contribution,
        defaults={"number": contribution.number, "version": paper.version, "text": words, "sent_at": at},
    )
    if made:
        record(
            OBJECTION_RECEIVED,
            subject=objection,
            by=as_citizen(by),
            at=at,
            consultation_id=contribution.consultation_id,
            number=contribution.number,
        )
    elif objection.text != words:
        raise ObjectedBefore
    return objection


@transaction.atomic
def answer_objection(*, objection: Objection, reply: str, by: User, at: datetime) -> Objection:
    """Answer an objection, for its author to read; the same sent twice is one answer.

    Raises NotAllowed for who is not in the team, UnfitObjection, and RepliedBefore where a colleague was faster.
    """
    require("publications.answer_objections", by, objection.paper.consultation)
    words = _fit(reply, _("Write the answer, so that the author knows what becomes of it."))
    standing = Objection.objects.select_for_update().get(pk=objection.pk)
    if standing.is_answered:
        if standing.replied_by_id == by.pk and standing.reply == words:
            return standing
        raise RepliedBefore
    Objection.objects.filter(pk=objection.pk).update(reply=words, replied_at=at, replied_by=by)
    record(
        OBJECTION_ANSWERED,
        subject=objection,
        by=as_official(by),
        at=at,
        consultation_id=objection.paper.consultation_id,
        number=objection.number,
    )
    objection.refresh_from_db()
    return objection


@transaction.atomic
def forget_objections(*, person: User) -> int:
    """Empty what the person objected, and what was answered; that they did stays. Return how many.

    No entry: the ledger never held the words, and tells that the account was erased.
    """
    theirs = Objection.objects.filter(contribution__author=person)
    theirs.exclude(reply="").update(reply=ERASED)
    return theirs.exclude(text="").update(text="")


# The database wants a reply beside the moment of one.
ERASED = "—"


def _fit(text: str, empty: object) -> str:
    words = clean(text).strip()
    if is_unseen(words):
        raise UnfitObjection(str(empty))
    if len(words) > LONGEST_OBJECTION:
        counts = {"count": len(words), "most": LONGEST_OBJECTION}
        raise UnfitObjection(_("This is %(count)s characters long. At most %(most)s are taken: shorten it.") % counts)
    refused = why_not_publishable(words)
    if refused is not None:
        raise UnfitObjection(refused)
    return words
