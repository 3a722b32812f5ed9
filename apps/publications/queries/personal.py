"""What is stored about a person here, for their own copy of it."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from apps.accounts.models import User
from apps.publications.models import AnswerDraft, Assignment, Objection, PaperVersion, Summary, Treated, WhitePaper
from apps.publications.queries.milestones import promises_owned_by
from apps.publications.queries.notices import notices_to


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return what a person wrote and published for the municipality, and where white papers treat what they wrote.

    Oldest first; of what they published in office without its text, which is the municipality's, and of drafts without
    what others wrote. A published answer is among their contributions. Nine queries.
    """
    return {
        "summaries": _summaries(person),
        "to_answer": _to_answer(person),
        "answer_drafts": _answer_drafts(person),
        "white_papers": [*_reviews(person), *_versions(person)],
        "treated": _treated(person),
        "objections": _objections(person),
        "promises": promises_owned_by(person),
        "notices": notices_to(person),
    }


def _summaries(person: User) -> list[dict[str, Any]]:
    rows = Summary.objects.filter(author=person).select_related("consultation").order_by("pk")
    return [
        {
            "consultation": row.consultation.title,
            "status": row.get_status_display(),
            "version": row.version,
            "published_at": row.published_at,
        }
        for row in rows
    ]


def _to_answer(person: User) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(official=person).select_related("consultation", "contribution").order_by("pk")
    return [
        {
            "consultation": row.consultation.title,
            "number": row.contribution.number,
            "given_at": row.assigned_at,
        }
        for row in rows
    ]


def _answer_drafts(person: User) -> list[dict[str, Any]]:
    rows = AnswerDraft.objects.filter(author=person).select_related("consultation", "answer").order_by("pk")
    return [
        {
            "consultation": row.consultation.title,
            "status": row.get_status_display(),
            "text": row.body,
            "source": row.source,
            "version": row.revision,
            "number": row.answer.number if row.answer else None,
        }
        for row in rows
    ]


def _reviews(person: User) -> list[dict[str, Any]]:
    rows = WhitePaper.objects.filter(asked_by=person).select_related("consultation").order_by("pk")
    return [
        {"consultation": row.consultation.title, "status": row.get_status_display(), "asked_at": row.asked_at}
        for row in rows
    ]


def _versions(person: User) -> list[dict[str, Any]]:
    rows = PaperVersion.objects.filter(Q(asked_by=person) | Q(published_by=person)).order_by("published_at", "pk")
    return [
        {
            "consultation": row.paper.consultation.title,
            "version": row.version,
            "published_at": row.published_at,
            "acted_yourself": row.published_by_id == person.pk,
        }
        for row in rows.select_related("paper__consultation")
    ]


def _treated(person: User) -> list[dict[str, Any]]:
    """Return where the newest versions treat the contributions of a person."""
    rows = Treated.objects.filter(contribution__author=person, version__version=F("version__paper__version"))
    return [
        {
            "consultation": row.version.paper.consultation.title,
            "number": row.number,
            "version": row.version.version,
            "treated_as": row.get_how_display(),
            "statement": row.label,
        }
        for row in rows.select_related("version__paper__consultation").order_by("version", "number", "place")
    ]


def _objections(person: User) -> list[dict[str, Any]]:
    rows = Objection.objects.filter(contribution__author=person).select_related("paper__consultation")
    return [
        {
            "consultation": row.paper.consultation.title,
            "number": row.number,
            "version": row.version,
            "text": row.text,
            "sent_at": row.sent_at,
            "reply": row.reply,
            "answered_at": row.replied_at,
        }
        for row in rows.order_by("sent_at", "pk")
    ]
