"""Merging one topic into another of the same consultation, and deleting one in which nobody has written."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions import end_in_another, lock_counts, remove_topic
from apps.consultations.models import Topic
from apps.discussions.actions.signposts import leave_signposts
from apps.discussions.errors import CannotMerge, TopicInUse
from apps.discussions.models import Contribution, LetterCluster, Signpost
from apps.discussions.queries import is_written_in

MOST_TRIES = 5


def merge_topics(*, topic: Topic, into: Topic, by: User, at: datetime) -> int:
    """Let everything that stands in a topic stand in another one of the consultation; return how many texts.

    Each keeps its number, receipt, place under its root, state, letter and all that hangs on it, and leaves a signpost
    where it stood. The topic's address stays and leads there; nobody writes in it any more. One entry tells of all.
    Merged into that one already, as by a second click, it tells what that brought.

    Raises NotAllowed, and CannotMerge where they are the same, of two consultations, or one of them was merged before.
    """
    for _try in range(MOST_TRIES):
        moved = _merge(topic, into, by, at)
        if moved is not None:
            return moved
    raise CannotMerge(_("Many people are writing in this topic just now. Stop writing in it, then merge it."))


@transaction.atomic
def _merge(topic: Topic, into: Topic, by: User, at: datetime) -> int | None:
    """Merge, or answer None where a text came in between.

    Texts are locked before the counts of their consultation, as everybody else locks them; while these are locked no
    text comes in.
    """
    texts = Contribution.stored.filter(topic=topic)
    locked = set(texts.select_for_update().order_by("pk").values_list("pk", flat=True))
    lock_counts(topic.consultation_id)
    rows = list(texts.only("pk", "number", "root_number", "topic_id").order_by("pk"))
    if {row.pk for row in rows} != locked:
        transaction.set_rollback(True)
        return None
    topic, into = (Topic.objects.select_related("consultation").get(pk=one.pk) for one in (topic, into))
    if topic.merged_at and topic.merged_into_id == into.pk:
        require("consultations.edit_consultation", by, topic.consultation)
        return Signpost.objects.filter(topic=topic, moved_at=topic.merged_at).count()
    require("consultations.end_topic", by, topic)
    if topic.pk == into.pk or topic.consultation_id != into.consultation_id:
        raise CannotMerge(_("Choose another topic of the same hearing."))
    if into.merged_into_id is not None:
        raise CannotMerge(_("That topic was merged into another one itself. Choose that one."))
    leave_signposts(rows, to=into, at=at)
    Contribution.stored.filter(pk__in=locked).update(topic=into)
    LetterCluster.objects.filter(topic=topic).update(topic=into)
    end_in_another(topic=topic, into=into, by=by, at=at)
    return len(rows)


@transaction.atomic
def delete_topic(*, topic: Topic, by: User, at: datetime) -> None:
    """Delete a topic in which nothing was ever received, with its key figures.

    Raises NotAllowed, and TopicInUse where anything stands or stood: numbers keep their place for ever.
    """
    lock_counts(topic.consultation_id)
    topic = Topic.objects.select_related("consultation").get(pk=topic.pk)
    require("consultations.remove_topic", by, topic)
    if is_written_in(topic):
        raise TopicInUse
    try:
        remove_topic(topic=topic, by=by, at=at)
    except ProtectedError as in_use:
        raise TopicInUse from in_use
