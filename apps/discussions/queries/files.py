"""Files beside contributions: what a viewer may open, what a person has sent."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from apps.accounts.models import User
from apps.accounts.rules import is_moderator, is_person
from apps.discussions.enums import FileStatus
from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries.texts import text_at, visible_contributions

A_DAY = timedelta(days=1)


def readable_attachments(viewer: Any) -> QuerySet[Attachment]:
    """Return the files beside contributions that the viewer may open, unordered. Pair: `rules.why_not_open_file`."""
    found = Attachment.objects.filter(contribution__in=visible_contributions(viewer))
    if is_moderator(viewer):
        return found.exclude(status=FileStatus.REMOVED)
    mine = Q(contribution__author=viewer.pk) if is_person(viewer) else Q(pk=None)
    return found.filter(Q(status=FileStatus.SHOWN) | mine).exclude(status=FileStatus.REMOVED)


def attachment_at(viewer: Any, slug: str, number: int, position: int) -> Attachment | None:
    """Return the file at that place beside a text, wherever the text stands now, if the viewer may open it."""
    text = text_at(slug, number)
    if text is None:
        return None
    return readable_attachments(viewer).filter(contribution=text, position=position).first()


def attachment_by_id(pk: int) -> Attachment | None:
    """Return a file with its text, for a moderator. The caller checks who may decide about it."""
    rows = Attachment.objects.select_related("contribution__topic", "contribution__consultation", "held_reason")
    return rows.filter(pk=pk).first()


def every_file_of(contribution: Contribution) -> list[Attachment]:
    """Return all files that ever stood beside a text and still are there. For its author and moderators."""
    rows = contribution.attachments.exclude(status=FileStatus.REMOVED)
    return list(rows.select_related("held_reason").order_by("position"))


def bytes_sent_lately(person: User, *, at: datetime) -> int:
    """Return how many bytes of files the person has sent within a day."""
    sent = Attachment.objects.filter(contribution__author=person, added_at__gt=at - A_DAY)
    return sent.aggregate(total=Sum("size"))["total"] or 0
