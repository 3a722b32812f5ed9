"""What happens between two hearings, of which one publishes first: moves, letters, answers and pauses.

Deeds for the property test, drawn as those in `deeds` are.
"""

from datetime import timedelta
from uuid import UUID

from apps.accounts.models import User
from apps.discussions.actions import publish_answer, submit_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution, LetterCluster, WritingPause
from apps.discussions.queries import members_of_letter
from apps.moderation.actions import (
    PauseRuling,
    Ruling,
    decide_contribution,
    decide_pause_appeal,
    end_pause,
    pause_person,
    settle_letter,
    split_letter,
    submit_pause_appeal,
)
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.models import PauseAppeal
from tests.moderation.cases import APPEALED, REASONS
from tests.moderation.deeds import World
from tests.moderation.desk import SENTENCE, a_reason

LETTER = "Ole Hansen drives past the school every day, and Per sings in the yard until the night is over."


def _send(world: World, body: str, topic: int, by: User, answered: Contribution | None = None) -> None:
    world.keys += 1
    submit_contribution(
        topic=world.topics[topic] if answered is None else answered.topic,
        kind=ContributionKind.VIEW,
        body=body,
        in_reply_to=answered,
        submission_key=UUID(int=world.keys),
        by=by,
        at=world.at,
    )


def submit_anywhere(world: World, one: int, two: int) -> None:
    """Send a text of one's own, or a letter that others send as well."""
    body = LETTER if two % 2 else f"Ole Hansen drives, {world.keys}, and Per sings."
    _send(world, body, one % len(world.topics), world.writers[two % 2])


def reply(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        _send(world, f"A reply, {world.keys}.", 0, world.writers[two % 2], answered=row)


def answer(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        world.keys += 1
        publish_answer(to=row, body="Yes.", submission_key=UUID(int=world.keys), by=world.official, at=world.at)


def move_away(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        to = world.topics[two % len(world.topics)]
        ruling = Ruling(outcome=Outcome.MOVE, version=row.version, to=to, with_replies=two % 4 < 2)
        decide_contribution(contribution=row, ruling=ruling, by=world.moderator(one + two), at=world.at)


def let_stand(world: World, one: int, two: int) -> None:
    rows = list(Contribution.stored.filter(unread_since__isnull=False).order_by("pk"))
    if rows:
        row = rows[one % len(rows)]
        ruling = Ruling(outcome=Outcome.REVIEW, version=row.version)
        decide_contribution(contribution=row, ruling=ruling, by=world.moderator(two), at=world.at)


def one_letter(world: World, one: int, two: int) -> None:
    """Let all that is alike in a topic be one letter, but for one text that is told apart."""
    letters = list(Contribution.stored.filter(body=LETTER, status="published").order_by("pk"))
    if not letters:
        return
    row = letters[one % len(letters)]
    same = [other for other in letters if other.topic_id == row.topic_id and other != row]
    apart = [same.pop()] if len(same) > 1 and two % 3 == 0 else []
    read = [(text, text.version) for text in same]
    settle_letter(shown=(row, row.version), same=read, others=apart, by=world.moderator(two), at=world.at)


def split(world: World, one: int, two: int) -> None:
    letters = list(LetterCluster.objects.order_by("pk"))
    if letters:
        letter = letters[one % len(letters)]
        texts = members_of_letter(letter.pk)
        split_letter(cluster=letter, texts=texts[: two % 3], by=world.moderator(two), at=world.at)


def pause(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        ruling = PauseRuling(days=1, is_everywhere=two % 3 == 0, reason=a_reason(), sentence=SENTENCE)
        pause_person(contribution=row, ruling=ruling, by=world.moderator(two), at=world.at)


def judge_pause(world: World, one: int, two: int) -> None:
    """Appeal against a pause, decide the appeal, or end the pause."""
    pauses = list(WritingPause.objects.select_related("person", "contribution__topic").order_by("pk"))
    if not pauses:
        return
    found = pauses[one % len(pauses)]
    appeal = PauseAppeal.objects.filter(pause=found).first()
    if appeal is None:
        submit_pause_appeal(pause=found, text=APPEALED, by=found.person, at=world.at)
    elif appeal.is_open:
        outcome = AppealOutcome.REVERSED if two % 2 else AppealOutcome.UPHELD
        decide_pause_appeal(appeal=appeal, outcome=outcome, sentence=REASONS, by=world.moderator(two), at=world.at)
    else:
        end_pause(pause=found, by=world.moderator(two), at=world.at)


def wait(world: World, _one: int, _two: int) -> None:
    """A day goes by, and with it the pauses."""
    world.at += timedelta(days=1)


ACROSS = [
    *[submit_anywhere] * 6, *[reply] * 3, answer, answer, *[move_away] * 6, let_stand, *[one_letter] * 4, split,
    pause, *[judge_pause] * 2, wait,
]  # fmt: skip
