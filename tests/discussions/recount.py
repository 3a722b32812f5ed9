"""The kept counts of a consultation against what its rows say."""

from django.db.models import Count, Q

from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution

PUBLISHED = Q(status=ContributionStatus.PUBLISHED)
ANSWERS = Q(kind=ContributionKind.ANSWER)


def assert_counts_are_true(consultation: Consultation) -> None:
    """Every kept count is what counting gives, and the next number is one more than the last."""
    rows = Contribution.stored.filter(consultation=consultation)
    for topic in Topic.objects.filter(consultation=consultation):
        counted = rows.filter(topic=topic).aggregate(
            published=Count("pk", filter=PUBLISHED & ~ANSWERS), answered=Count("pk", filter=PUBLISHED & ANSWERS)
        )
        assert (topic.published_count, topic.answered_count) == (counted["published"], counted["answered"]), topic.slug
    consultation.refresh_from_db()
    assert consultation.published_count == rows.filter(PUBLISHED).exclude(ANSWERS).count()
    assert sorted(rows.values_list("number", flat=True)) == list(range(1, consultation.next_number))
