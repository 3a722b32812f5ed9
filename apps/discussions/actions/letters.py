"""Letters that several people sent: which texts count as one, and what becomes of that when a text changes.

The order of a thread, numbers, receipts and counts of contributions stay what they are.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q

from apps.discussions.enums import CLUSTER_CONFIRMED, CLUSTER_DIVIDED, CLUSTER_JOINED, ContributionStatus
from apps.discussions.errors import LetterChanged, NotOneLetter
from apps.discussions.models import Contribution, LetterApart, LetterCluster
from apps.discussions.rules import why_not_the_same_letter
from apps.ledger.actions import record
from apps.ledger.models import Actor

Read = tuple[Contribution, int]
"""A text, and the version of it that was read."""


@transaction.atomic
def confirm_letter(*, shown: Read, others: Sequence[Read], by: Actor, at: datetime) -> LetterCluster | None:
    """Let other published texts of the topic count as the same letter as this one, in the versions that were read.

    Where that one belongs to a letter already they join it. Return the letter, or None when nothing is new. Raises
    LetterChanged when one of them is another version, is not published any more or belongs to another letter, and
    NotOneLetter when one stands elsewhere or says something of its own.

    A letter is of one topic. Its thread shows one text for all of them, and whoever reads another topic would not find
    it there; and the same words may answer two questions, which are two arguments. Who sent a letter to the wrong topic
    is moved, and joins it there.
    """
    rows = _locked([shown, *others])
    first = rows.pop(shown[0].pk)
    cluster = LetterCluster.objects.select_for_update().filter(pk=first.cluster_id or 0).first()
    fresh = [row for row in rows.values() if row.cluster_id is None or row.cluster_id != first.cluster_id]
    if not fresh:
        return None
    _require_the_same_letter(first, fresh)
    if cluster is None:
        cluster = LetterCluster.objects.create(topic=first.topic, confirmed_at=at)
        added, kind, facts = [first, *fresh], CLUSTER_CONFIRMED, {}
    else:
        added, kind, facts = fresh, CLUSTER_JOINED, {"shown": cluster.shown_number}
    LetterApart.objects.filter(contribution__in=added, apart_from__in=[first, *added]).delete()
    Contribution.stored.filter(pk__in=[row.pk for row in added]).update(cluster=cluster)
    recount_letter(cluster.pk)
    cluster.refresh_from_db()
    record(
        kind,
        subject=cluster,
        by=by,
        at=at,
        consultation_id=first.consultation_id,
        topic_id=first.topic_id,
        facts={**facts, "numbers": sorted(row.number for row in added)},
    )
    return cluster


def _require_the_same_letter(first: Contribution, fresh: Sequence[Contribution]) -> None:
    for row in fresh:
        if row.cluster_id is not None:
            raise LetterChanged
        refused = why_not_the_same_letter(first, row)
        if refused is not None:
            raise NotOneLetter(refused)


@transaction.atomic
def divide_letter(*, cluster: LetterCluster, texts: Collection[Contribution], by: Actor, at: datetime) -> bool:
    """Let these texts count as letters of their own again; answer False when none of them belonged to the letter.

    They are not offered to it once more, unless their text changes. With all its texts, the letter is undone.
    """
    rows = Contribution.stored.select_for_update().filter(cluster=cluster, pk__in=[text.pk for text in texts])
    left = sorted(rows.order_by("pk"), key=lambda row: row.number)
    if not left:
        return False
    Contribution.stored.filter(pk__in=[row.pk for row in left]).update(cluster=None)
    recount_letter(cluster.pk)
    stays = Contribution.stored.filter(cluster=cluster).order_by("number").first()
    if stays is not None:
        tell_apart(texts=left, apart_from=stays, at=at)
    record(
        CLUSTER_DIVIDED,
        subject=cluster,
        by=by,
        at=at,
        consultation_id=left[0].consultation_id,
        topic_id=left[0].topic_id,
        facts={"numbers": [row.number for row in left]},
    )
    return True


@transaction.atomic
def tell_apart(*, texts: Iterable[Contribution], apart_from: Contribution, at: datetime) -> int:
    """Let these texts not be offered as the same letter as that one any more; return how many were told apart.

    A note for moderators that nobody else sees: it makes no entry, and goes when one of the texts changes.
    """
    notes = [LetterApart(contribution=text, apart_from=apart_from, told_at=at) for text in texts if text != apart_from]
    return len(LetterApart.objects.bulk_create(notes, ignore_conflicts=True))


def part_from_letters(pks: Collection[int]) -> None:
    """Let texts that were changed, moved, taken back or erased belong to no letter, and be told apart from none.

    Inside the transaction of that change, whose entry tells of it. The next one by number is shown instead.
    """
    LetterApart.objects.filter(Q(contribution__in=pks) | Q(apart_from__in=pks)).delete()
    rows = Contribution.stored.filter(pk__in=pks)
    clusters = {pk for pk in rows.select_for_update().order_by("pk").values_list("cluster_id", flat=True) if pk}
    if clusters:
        rows.update(cluster=None)
    for pk in sorted(clusters):
        recount_letter(pk)


def recount_letter(pk: int | None) -> None:
    """Keep how many texts of a letter everyone can read, and which is the first of them. One counts at a time."""
    if pk is None:
        return
    LetterCluster.objects.select_for_update().get(pk=pk)
    public = Contribution.stored.filter(cluster=pk, status=ContributionStatus.PUBLISHED)
    kept = public.aggregate(size=Count("pk"), shown_number=Min("number"))
    LetterCluster.objects.filter(pk=pk).update(**kept)


def _locked(read: Sequence[Read]) -> dict[int, Contribution]:
    """Return the rows by id, as they were read and still are; raises LetterChanged."""
    versions = {contribution.pk: version for contribution, version in read}
    stored = Contribution.stored.select_for_update(of=("self",)).select_related("topic")
    # In the order of their ids, as others lock them: after a move numbers may go another way.
    rows = {row.pk: row for row in stored.filter(pk__in=versions).order_by("pk")}
    if any(not row.is_published or row.version != versions[row.pk] for row in rows.values()):
        raise LetterChanged
    return rows
