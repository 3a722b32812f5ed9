"""The signposts that texts leave in a topic when they are moved to another one of their consultation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from apps.consultations.models import Topic
from apps.discussions.models import Contribution, Signpost

AT_ONCE = 500


@transaction.atomic
def leave_signposts(rows: Sequence[Contribution], *, to: Topic, at: datetime, sentence: str = "") -> None:
    """Point to where each text stands from now on, from where it stood and from wherever it stood before.

    Never from there itself: where a text returns to, the signpost goes, as it is the place again. The rows say where
    each stands still. The signpost of the first of them says the sentence: the others only follow it.
    """
    ids = [row.pk for row in rows]
    stood = Signpost.objects.filter(contribution__in=ids)
    stood.filter(Q(topic=to) | Q(topic=F("contribution__topic"))).delete()
    stood.update(to_topic=to)
    posts = (
        Signpost(
            topic_id=row.topic_id,
            contribution=row,
            number=row.number,
            root_number=row.root_number,
            to_topic=to,
            sentence=sentence if row is rows[0] else "",
            moved_at=at,
        )
        for row in rows
    )
    Signpost.objects.bulk_create(posts, batch_size=AT_ONCE)
