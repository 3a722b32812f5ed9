"""Files that stand beside texts, for pages that show those texts."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.discussions.enums import ContributionStatus
from apps.discussions.models import STANDING, Attachment, Contribution


def public_files() -> "Prefetch[Any]":
    """Return what adds to each public text the files beside it, also those held back or removed, as `files`.

    Of a text that is not public nothing is read.
    """
    standing = _standing().filter(contribution__status=ContributionStatus.PUBLISHED)
    return Prefetch("attachments", queryset=standing, to_attr="files")


def own_files() -> "Prefetch[Any]":
    """Return what adds to each text the files beside it as `files`, whether the text is public or not."""
    return Prefetch("attachments", queryset=_standing(), to_attr="files")


def whole_files() -> "Prefetch[Any]":
    """Return what adds to each text the files beside it as `files`, with all that is kept of them."""
    return Prefetch("attachments", queryset=_standing().defer(None), to_attr="files")


def files_beside(contribution: Contribution) -> list[Attachment]:
    """Return the files that stand beside a text, in their order; as they came with it, or by one query."""
    found: list[Attachment] | None = vars(contribution).get("files")
    return list(_standing().filter(contribution=contribution)) if found is None else found


def with_files_among(ids: Collection[int]) -> set[int]:
    """Return which of these contributions have files that stand beside them."""
    rows = Attachment.objects.filter(contribution__in=ids, status__in=STANDING)
    return set(rows.values_list("contribution", flat=True))


def _standing() -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(status__in=STANDING).select_related("held_reason")
    return rows.defer("sha256", "salt", "fingerprint").order_by("contribution", "position")
