"""A hearing that was decided, with everything that follows, for the tables."""

from typing import Any

from apps.publications.actions import draft_recommendation
from apps.publications.actions.milestones import add_milestone
from apps.publications.actions.notices import begin_notices, print_notices, send_by_letter
from apps.publications.engine.milestones import MilestoneText
from apps.publications.models import DecisionNotice
from tests import factories
from tests.discussions.outside import entered
from tests.permissions.town import DAY, Town
from tests.publications.cases import decided, heard, noted, to_come


def of(town: Town) -> dict[str, dict[str, Any]]:
    """Return the hearing that was decided, one that is only heard, and meetings, notices and a promise of these."""
    at, official = town.at, town.person("off")
    hearing, waiting = heard(at=at, title="Decided"), heard(at=at, title="Heard")
    topic, before = factories.the_topic(hearing), at - 10 * DAY
    factories.a_published(topic, at=before, by=town.person("own"))
    entered(topic, at=before, came_on=before.date(), name="Sender whose mail comes back")
    entered(topic, at=before, came_on=before.date(), email="", name="Sender who is not told yet")
    draft_recommendation(consultation=waiting, text="Ja.", seen=0, by=official, at=at)
    version = decided(hearing, at=at)
    begin_notices(version=version, ways=("mail",), by=official, at=at)
    notices = DecisionNotice.objects.select_related("version__meeting__consultation").order_by("number")
    send_by_letter(notice=notices[1], by=official, at=at)
    print_notices(version=version, by=official, at=at)
    promise = MilestoneText(
        title="A wall", owner_id=official.pk, department="Roads", due_on=(at + DAY).date(), status="planned"
    )
    kept = add_milestone(consultation=hearing, text=promise, by=official, at=at)
    return {
        "decided": {"decided": hearing, "heard": waiting},
        "case_meetings": {"noted": noted(waiting, to_come(at=at), at=at)},
        "notices": {"mail": notices[0], "letter": notices[1]},
        "milestones": {"planned": kept},
    }
