"""A topic's thread as a whole, for paper and for other programs."""

from collections.abc import Iterator

from apps.consultations.models import Topic
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries.threads import ThreadRow, thread_page

AT_ONCE = 500


def whole_thread(topic: Topic, *, size: int = AT_ONCE) -> Iterator[ThreadRow]:
    """Return every article of a thread in the order received, read from the database a part at a time."""
    after: int | None = None
    while True:
        page = thread_page(topic, after=after, size=size)
        yield from page.rows
        after = page.next_after
        if after is None:
            return


def newest_in_topic(topic: Topic, *, limit: int) -> list[Contribution]:
    """Return what everyone reads in a topic, the highest numbers first."""
    rows = Contribution.stored.filter(topic=topic, status=ContributionStatus.PUBLISHED)
    return list(rows.order_by("-number")[:limit])
