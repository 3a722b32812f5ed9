"""What is decided a second time in the town of hidden texts, and who is told of it."""

from datetime import datetime

from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import ids_in_role
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.moderation.actions import (
    Ruling,
    decide_appeal,
    decide_contribution,
    decide_pause_appeal,
    end_pause,
    erase_text,
    name_deputy,
)
from apps.moderation.enums import AppealOutcome, Outcome
from apps.notifications.actions import follow_consultation, tell_followers
from tests import factories
from tests.moderation.cases import a_neighbour, a_report, an_appeal, left, reverse, uphold
from tests.moderation.desk import SENTENCE, a_reason, refuse
from tests.moderation.pauses import a_pause, an_appeal_against

FACTS, LAPSED = "planted-facts for colleagues", "secret-lapsed-text"


def followed(hearing: Consultation, *, at: datetime) -> None:
    """Let somebody follow the hearing from before anything happened."""
    follow_consultation(person=a_neighbour(at, name="fie"), consultation=hearing, at=at)


def heard(topic: Topic, shown: Contribution, author: User, *, at: datetime) -> Contribution:
    """Return a text that stays refused after an appeal; another is shown again, and a report comes to nothing.

    The appeal about a third lapses: its text is erased.
    """
    moderator, colleague = factories.a_moderator(at), factories.another_moderator(at)
    again = factories.a_contribution(topic, at=at, body="Shown again.", by=a_neighbour(at, name="ulla"))
    stays = factories.a_contribution(topic, at=at, body="secret-upheld-text", by=author)
    for row, ruling in ((again, reverse()), (stays, uphold())):
        decide_contribution(contribution=row, ruling=refuse(facts=FACTS), by=moderator, at=at)
        decide_appeal(appeal=an_appeal(row, at=at), ruling=ruling, by=colleague, at=at)
    erased = factories.a_contribution(topic, at=at, body=LAPSED, by=author)
    decide_contribution(contribution=erased, ruling=refuse(), by=moderator, at=at)
    an_appeal(erased, at=at)
    erase_text(erasure=factories.proposal(erased, at=at), by=factories.another_moderator(at), at=at)
    left(a_report(shown, at=at, by=a_neighbour(at)), at=at, by=moderator)
    _shown_in_full(topic, moderator, at=at)
    tell_followers(at=at)
    return stays


def _shown_in_full(topic: Topic, moderator: User, *, at: datetime) -> None:
    """Let a passage be put back into a text, and the text be hidden and shown again, all without an appeal."""
    text = factories.a_published(topic, at=at, body="Shown in full.", by=a_neighbour(at, name="vera"))
    why = {"reason": a_reason(), "sentence": SENTENCE, "internal_facts": FACTS}
    for version, outcome in ((1, Outcome.REDACT), (2, Outcome.LIFT), (3, Outcome.HIDE), (3, Outcome.RESTORE)):
        ruling = Ruling(outcome=outcome, version=version, passage="in full", **why)
        decide_contribution(contribution=text, ruling=ruling, by=moderator, at=at)


def paused(text: Contribution, topic: Topic, *, at: datetime) -> None:
    """Pause the writing of a hidden text's author, who appeals in vain; of others it is reversed, or ended early."""
    moderator, colleague = factories.a_moderator(at), factories.another_moderator(at)
    ruling = {"by": colleague, "at": at, "sentence": "It was about the matter."}
    upheld = an_appeal_against(a_pause(text, at=at), at=at)
    decide_pause_appeal(appeal=upheld, outcome=AppealOutcome.UPHELD, **ruling)
    rows = [factories.a_published(topic, at=at, by=a_neighbour(at, name=name)) for name in ("pia", "per")]
    first, second = (a_pause(row, at=at, sentence="You went too far.") for row in rows)
    decide_pause_appeal(appeal=an_appeal_against(first, at=at), outcome=AppealOutcome.REVERSED, **ruling)
    end_pause(pause=second, by=moderator, at=at)


def left_to_a_deputy(hearing: Consultation, administrator: User, *, at: datetime) -> None:
    """Let all moderators write in a topic, and somebody report a text there: it is the deputy's, who is told.

    So is an appeal of somebody whom they paused before.
    """
    topic = factories.a_topic(hearing, title="Where moderators wrote", at=at)
    shown = factories.a_published(topic, at=at, body="Everyone may read that one.", by=a_neighbour(at, name="oda"))
    pause = a_pause(shown, at=at, sentence="You went too far.")
    for pk in sorted(ids_in_role(Role.MODERATOR)):
        factories.a_contribution(topic, at=at, body="Shown later.", by=User.objects.get(pk=pk))
    deputy = a_neighbour(at, name="dorte")
    grant_role(person=deputy, role=Role.OFFICIAL, by=THE_SYSTEM, at=at)
    name_deputy(person=deputy, by=administrator, at=at)
    a_report(shown, at=at, by=a_neighbour(at))
    an_appeal_against(pause, at=at)
