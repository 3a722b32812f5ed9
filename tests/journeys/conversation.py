"""Adds a conversation to a running demo, with Mette and Rasmus in its team, and prints its address and size as JSON.

Run in a process of its own with the demo's environment: `python -m tests.journeys.conversation [FOLDER]`. Made is one
of a hundred and twenty texts, of which twelve are one letter; with a folder it is a consultation that was held
elsewhere.
"""

import json
import sys
from datetime import timedelta
from io import StringIO
from typing import Any

import django

MANY, SAME, FIRST_SAME, EVERY_OTHER = 120, 12, 4, 2
LETTER = "Vi skriver, fordi støjen fra møllerne er for høj. Vi beder byrådet om nye målinger over et helt år."


def made() -> dict[str, Any]:
    """Make the conversation; return its address and how many texts it has."""
    from apps.accounts.models import User  # noqa: PLC0415 - the apps are ready only now
    from apps.accounts.rules import THE_SYSTEM, as_moderator  # noqa: PLC0415
    from apps.common.clock import now  # noqa: PLC0415
    from apps.consultations import actions as consulting  # noqa: PLC0415
    from apps.discussions.actions import (  # noqa: PLC0415
        Author,
        Received,
        Writing,
        confirm_letter,
        name_offsite_authors,
        receive_many,
    )
    from apps.discussions.enums import ContributionKind  # noqa: PLC0415

    at, mette = now() - timedelta(minutes=1), User.objects.get(email="mette@vesterhav.example")
    text = consulting.ConsultationText(title="Støj fra møllerne", lede="Hvad skal der til?")
    hearing = consulting.draft_consultation(text=text, slug="stoej-fra-moellerne", by=mette, at=at)
    phase = consulting.PhaseDates(
        title="Høring", opens_at=at, closes_at=at + timedelta(days=20), accepts_contributions=True
    )
    consulting.set_phases(consultation=hearing, phases=[phase], by=mette, at=at)
    topic = consulting.add_topic(consultation=hearing, text=consulting.TopicText(title="Støj"), by=mette, at=at)
    _publish(hearing, at)
    authors = list(name_offsite_authors(consultation_id=hearing.pk, refs=[f"p{step}" for step in range(MANY)]).values())
    rows = []
    for step, author in enumerate(authors):
        is_letter = step in range(FIRST_SAME, FIRST_SAME + EVERY_OTHER * SAME, EVERY_OTHER)
        own = f"Støjen om natten er for høj hos os i nr. {step}. Vi vil have flere træer langs vejen. Tak for ordet."
        name = author.name
        writing = Writing(
            topic=topic,
            author=Author(name=name, offsite=author),
            kind=ContributionKind.VIEW,
            body=LETTER if is_letter else own,
        )
        rows.append(Received(writing=writing, received_at=at, decided_at=at))
    found = receive_many(consultation_id=hearing.pk, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)
    first, *others = [(row, row.version) for row in found if row.body == LETTER]
    moderator = as_moderator(User.objects.get(email="sofie@vesterhav.example"))
    confirm_letter(shown=first, others=others, by=moderator, at=at)
    return {"slug": hearing.slug, "count": len(found), "letter": SAME}


def _publish(hearing: Any, at: Any) -> None:
    """Publish a hearing that a colleague approved."""
    from apps.accounts.models import User  # noqa: PLC0415
    from apps.consultations import actions as consulting  # noqa: PLC0415
    from apps.consultations.enums import TeamRole  # noqa: PLC0415
    from apps.consultations.models import Review  # noqa: PLC0415
    from apps.consultations.queries import draft_state  # noqa: PLC0415

    mette, rasmus = (User.objects.get(email=f"{name}@vesterhav.example") for name in ("mette", "rasmus"))
    consulting.add_member(consultation=hearing, person=rasmus, role=TeamRole.EDITOR, by=mette, at=at)
    consulting.ask_for_review(consultation=hearing, by=mette, at=at)
    asked = Review.objects.get(consultation=hearing)
    consulting.approve_draft(review=asked, seen=draft_state(hearing), by=rasmus, at=at)
    consulting.publish_consultation(consultation=hearing, by=mette, at=at)


def imported(folder: str) -> dict[str, Any]:
    """Import the conversation; return its address and how many texts of people it has."""
    from django.core.management import call_command  # noqa: PLC0415

    from apps.accounts.models import User  # noqa: PLC0415
    from apps.common.clock import now  # noqa: PLC0415
    from apps.consultations.actions import add_member  # noqa: PLC0415
    from apps.consultations.enums import TeamRole  # noqa: PLC0415
    from apps.consultations.models import Consultation  # noqa: PLC0415
    from apps.discussions.queries import received_by_people  # noqa: PLC0415

    call_command(
        "import_consultation", folder, "--format", "csv", "--slug", "imported", "--skip-bad", stdout=StringIO()
    )
    hearing = Consultation.objects.get(slug="imported")
    mette, rasmus, hanne = (
        User.objects.get(email=f"{name}@vesterhav.example") for name in ("mette", "rasmus", "hanne")
    )
    add_member(consultation=hearing, person=mette, role=TeamRole.OWNER, by=hanne, at=now())
    add_member(consultation=hearing, person=rasmus, role=TeamRole.EDITOR, by=mette, at=now())
    return {"slug": hearing.slug, "count": received_by_people(hearing.pk).count(), "letter": 0}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(imported(sys.argv[1]) if sys.argv[1:] else made()))  # noqa: T201 - what is asked for
