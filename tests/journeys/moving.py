"""Opens one more hearing, with two topics, in the database of a running demo, and prints its address.

Run in a process of its own with the demo's environment: `python -m tests.journeys.moving`.
"""

import sys
from datetime import timedelta

import django

TITLE = "Veje og stier i hele kommunen"


def make() -> str:
    """Open the hearing; return its address."""
    from apps.accounts.models import User  # noqa: PLC0415 - the apps are ready only now
    from apps.common.clock import now  # noqa: PLC0415
    from apps.consultations.actions import (  # noqa: PLC0415
        ConsultationText,
        PhaseDates,
        TopicText,
        add_member,
        add_topic,
        approve_draft,
        ask_for_review,
        draft_consultation,
        publish_consultation,
        set_phases,
    )
    from apps.consultations.enums import TeamRole  # noqa: PLC0415
    from apps.consultations.models import Review  # noqa: PLC0415

    at = now() - timedelta(minutes=1)
    by = User.objects.get(email="mette@vesterhav.example")
    made = draft_consultation(text=ConsultationText(title=TITLE, lede="Hvor skal vi begynde?"), by=by, at=at)
    phase = PhaseDates(title="Åben", opens_at=at, closes_at=at + timedelta(days=90), accepts_contributions=True)
    set_phases(consultation=made, phases=[phase], by=by, at=at)
    for title in ("Skoleveje", "Cykelstier"):
        add_topic(consultation=made, text=TopicText(title=title, question="Hvor er det værst?"), by=by, at=at)
    colleague = User.objects.get(email="rasmus@vesterhav.example")
    add_member(consultation=made, person=colleague, role=TeamRole.EDITOR, by=by, at=at)
    ask_for_review(consultation=made, by=by, at=at)
    approve_draft(review=Review.objects.get(consultation=made), by=colleague, at=at)
    publish_consultation(consultation=made, by=by, at=at)
    return made.slug


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(make())
