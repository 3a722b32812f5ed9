"""Whose name still stands where it should not."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.models import User
from apps.discussions.models import Contribution


def written_by(person: User) -> QuerySet[Contribution]:
    """Return what the person wrote, by consultation."""
    return Contribution.stored.filter(author=person).order_by("consultation_id", "number")


def names_to_hide(person: User) -> QuerySet[Contribution]:
    """Return what somebody with a protected name wrote under their own, by consultation."""
    return written_by(person).filter(author_name_hidden=False, author_is_organisation=False).exclude(author_name="")


def exposed_people(*, limit: int) -> list[User]:
    """Return people with a protected name that still stands beside something they wrote."""
    named = Contribution.stored.filter(author=OuterRef("pk"), author_name_hidden=False, author_is_organisation=False)
    found = User.objects.filter(Exists(named.exclude(author_name="")), name_protected_at__isnull=False)
    return list(found.order_by("pk")[:limit])
