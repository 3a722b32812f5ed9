"""Promising something, and telling what becomes of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.models import Consultation
from apps.consultations.queries import deadlines_to_come, phases_of
from apps.consultations.rules import members_in_force
from apps.ledger.actions import fingerprint, record
from apps.ledger.enums import Kind
from apps.publications.actions.recommendations import refuse_unfit
from apps.publications.engine.milestones import MilestoneText, words_of_step
from apps.publications.enums.milestones import MILESTONE_ADDED, MILESTONE_CHANGED, OPEN
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.models.milestones import LABEL, Milestone, MilestoneStep


@transaction.atomic
def add_milestone(
    *, consultation: Consultation, text: MilestoneText, key: UUID | None = None, by: User, at: datetime
) -> Milestone:
    """Promise something to everyone, under the next number of the hearing; the same `key` makes one.

    Those who follow the hearing are told by mail. Raises NotAllowed, UnfitDecision while people can still write.
    """
    require("publications.write_decision", by, consultation)
    words = _words(text, consultation)
    if text.status not in OPEN:
        raise UnfitDecision(_("What is over already is no promise. Choose “Planned” or “Under way”."), "status")
    if deadlines_to_come(phases_of(consultation), at=at):
        raise UnfitDecision(_("People can still write. Promise something when they have been heard."))
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    made = Milestone.objects.filter(consultation=consultation, form_key=key).first() if key else None
    if made is not None:
        return made
    last = Milestone.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    milestone = Milestone.objects.create(consultation=consultation, number=last + 1, form_key=key, **words)
    _tell(MILESTONE_ADDED, milestone, "", by, at)
    return milestone


@transaction.atomic
def change_milestone(  # noqa: PLR0913 - what an official tells
    *, milestone: Milestone, text: MilestoneText, sentence: str, seen: int, by: User, at: datetime
) -> bool:
    """Tell what becomes of a promise, in a sentence that everyone reads and followers get by mail.

    False when nothing differs. Raises NotAllowed, UnfitDecision without the sentence, DecisionChangedMeanwhile when
    there is a later revision than `seen`.
    """
    require("publications.write_decision", by, milestone.consultation)
    words, told = _words(text, milestone.consultation), one_line(sentence)
    standing = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if all(getattr(standing, name) == value for name, value in words.items()):
        return False
    if standing.revision != seen:
        raise DecisionChangedMeanwhile
    refuse_unfit({"sentence": told})
    if not told:
        needed = _("Say in one sentence what has changed: everyone reads it, and followers get it by mail.")
        raise UnfitDecision(needed, "sentence")
    Milestone.objects.filter(pk=standing.pk).update(**words, revision=standing.revision + 1)
    standing.refresh_from_db()
    _tell(MILESTONE_CHANGED, standing, told, by, at)
    return True


def _words(text: MilestoneText, consultation: Consultation) -> dict[str, Any]:
    """Return what is stored. Raises UnfitDecision for what no page may show, and for an owner outside the team."""
    words = asdict(text)
    words |= {name: one_line(words[name]) for name in ("title", "department", "promise")}
    words["text"] = clean(text.text).strip()
    refuse_unfit({name: words[name] for name in ("title", "department", "text")})
    if words["promise"]:
        _refuse_unfit_label(words["promise"])
    if not members_in_force().filter(consultation=consultation, person=text.owner_id).exists():
        raise UnfitDecision(_("Choose somebody of the hearing's team, who is an official now."), "owner")
    return words | {"text_html": to_html(words["text"])}


def _refuse_unfit_label(label: str) -> None:
    try:
        LABEL(label)
    except ValidationError as unfit:
        raise UnfitDecision(str(LABEL.message), "promise") from unfit


def _tell(kind: Kind, milestone: Milestone, sentence: str, by: User, at: datetime) -> None:
    """Keep the step that everyone reads, and record it."""
    said = words_of_step(milestone.title, milestone.text, milestone.status, milestone.due_on, sentence)
    step = MilestoneStep.objects.create(
        milestone=milestone,
        status=milestone.status,
        due_on=milestone.due_on,
        sentence=sentence,
        fingerprint=fingerprint(b"", said),
        told_at=at,
    )
    record(
        kind,
        subject=milestone,
        by=as_official(by),
        at=at,
        consultation_id=milestone.consultation_id,
        facts={
            "milestone": milestone.number,
            "status": str(milestone.status),
            "due": milestone.due_on.isoformat(),
            "fingerprint": step.fingerprint,
        },
    )
