"""What becomes of somebody who deletes their account, in numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from apps.accounts.enums import HeldSubject
from apps.accounts.errors import Held
from apps.accounts.models import User
from apps.accounts.queries import has_role_now_or_later, holds_on
from apps.discussions.enums import ContributionStatus
from apps.discussions.queries import contributions_by
from apps.portal.errors import StaffRole
from apps.portal.queries.stored import stored_about


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What goes and what stays; `refusal` is the sentence why the account cannot be deleted now."""

    refusal: str | Promise
    contributions: int
    published: int
    sessions: int
    letters: int
    follows: int
    meetings: int
    mails: int
    is_resident: bool


def is_held(person: User) -> bool:
    """Tell whether a legal hold lies on the person, or on anything they wrote."""
    texts = contributions_by(person).values_list("pk", flat=True)
    return (
        holds_on(HeldSubject.PERSON, [person.pk]).exists()
        or holds_on(HeldSubject.CONTRIBUTION, list(texts.order_by())).exists()
    )


def leaving_of(person: User, *, at: datetime) -> Leaving:
    """Return what deleting the account would mean at that moment."""
    stored = stored_about(person, at=at)
    texts = contributions_by(person)
    return Leaving(
        refusal=_why_not(person),
        contributions=stored["contributions"],
        published=texts.filter(status=ContributionStatus.PUBLISHED).count(),
        sessions=len(stored["sessions"]),
        letters=len(stored["letters"]),
        follows=stored["follows"],
        meetings=stored["meetings"],
        mails=stored["mails"],
        is_resident=any(row["ended_at"] is None for row in stored["residencies"]),
    )


def _why_not(person: User) -> str | Promise:
    if person.is_staff or has_role_now_or_later(person):
        return StaffRole().sentence
    return Held().sentence if is_held(person) else ""
