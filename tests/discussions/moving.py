"""What tests of moves between hearings share."""

from collections.abc import Callable

from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.discussions.queries import thread_page
from apps.exchange.queries import check_ledger
from tests.discussions.recount import assert_counts_are_true

Move = Callable[..., Contribution]


def stands(topic: Topic) -> list[str]:
    """Return the articles of a thread: number, or root/number; a signpost has an arrow to where it leads."""
    found = []
    for row in thread_page(topic).rows:
        at = f"{row.root_number}/{row.number}" if row.parent else f"{row.number}"
        text = row.contribution.moved_to if row.contribution else None
        found.append(f"{at}>{text.number}" if text else at)
    return found


def agrees(*topics: Topic) -> None:
    for topic in topics:
        assert_counts_are_true(Consultation.objects.get(pk=topic.consultation_id))
    assert check_ledger().problem == ""
