"""Adds a hundred texts that wait to a running demo, each by somebody else.

Run in a process of its own with the demo's environment: `python -m tests.journeys.hundred`.
"""

from datetime import timedelta

import django

MANY = 100


def add() -> None:
    """Receive them as the house receives what people send; they are due before all that waits already."""
    from apps.accounts.rules import THE_SYSTEM  # noqa: PLC0415 - the apps are ready only now
    from apps.common.clock import now  # noqa: PLC0415
    from apps.consultations.models import Topic  # noqa: PLC0415
    from apps.discussions.actions import Author, Received, Writing, receive_many  # noqa: PLC0415
    from apps.discussions.enums import ContributionKind, ContributionStatus  # noqa: PLC0415
    from apps.discussions.models import OffsiteAuthor  # noqa: PLC0415

    topic = Topic.objects.select_related("consultation").filter(consultation__status="published").order_by("pk")[0]
    at = now() - timedelta(minutes=1)
    rows = []
    for step in range(MANY):
        name = f"Borger {step + 1}"
        writer = OffsiteAuthor.objects.create(consultation=topic.consultation, source_ref=f"hundred-{step}", name=name)
        body = f"Møllerne kan høres hos os på nr. {step + 1}. Vi beder om en støjmåling, før byrådet beslutter."
        writing = Writing(topic=topic, author=Author(name=name, offsite=writer), kind=ContributionKind.VIEW, body=body)
        rows.append(Received(writing=writing, received_at=at, status=ContributionStatus.WAITING))
    receive_many(consultation_id=topic.consultation_id, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)


if __name__ == "__main__":
    django.setup()
    add()
