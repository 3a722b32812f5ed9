"""What moderators do, and what time does."""

from collections.abc import Callable
from functools import partial

from apps.accounts.rules import as_moderator
from apps.consultations.actions import ConsultationText, revise_consultation
from apps.consultations.enums import ModerationMode
from apps.consultations.models import Consultation
from apps.discussions import actions
from apps.discussions.engine.redaction import bars_in
from apps.discussions.enums import ContributionKind, ContributionStatus, ErasureGround
from apps.discussions.models import KEPT_BACK, Contribution
from apps.discussions.rules import EDIT_TAKEN, REFUSED_TEXTS_KEPT
from apps.ledger.actions import sequence_entries
from tests.discussions.deeds.world import PUBLISHED, RETURNED, SHOWN, WAITING, World, change, refused


def approve(world: World, one: int, two: int) -> None:
    decide(world, one, two, PUBLISHED, actions.publish_contribution)


def refuse(world: World, one: int, two: int) -> None:
    action = partial(actions.refuse_contribution, reason=world.reason, sentence="It names a private person.")
    decide(world, one, two, ContributionStatus.REFUSED, action)


def send_back(world: World, one: int, two: int) -> None:
    action = partial(actions.return_contribution, reason=world.reason, sentence="Leave the name out.")
    decide(world, one, two, RETURNED, action)


def hide(world: World, one: int, two: int) -> None:
    expected = world.pick(one, PUBLISHED) if two % 4 else world.pick(one)
    if expected is None:
        return
    act = partial(actions.hide_contribution, reason=world.reason, sentence="It names a private person.")
    possible = expected.status == PUBLISHED and expected.kind != ContributionKind.ANSWER
    change(world, expected, act, "hidden", to=ContributionStatus.HIDDEN if possible else None)


def restore(world: World, one: int, two: int) -> None:
    expected = world.pick(one, *KEPT_BACK) if two % 4 else world.pick(one)
    if expected is None:
        return
    possible = expected.status in {*KEPT_BACK, RETURNED} and expected.has_text
    change(world, expected, actions.restore_contribution, "restored", to=PUBLISHED if possible else None)


def reopen(world: World, one: int, two: int) -> None:
    expected = world.pick(one)
    if expected is None:
        return
    is_answered = Contribution.stored.filter(in_reply_to=expected.pk).exists()
    reopenable = {PUBLISHED, RETURNED, ContributionStatus.REFUSED}
    possible = expected.status in reopenable and expected.has_text and expected.kind != ContributionKind.ANSWER
    change(
        world, expected, actions.reopen_contribution, "reopened", to=WAITING if possible and not is_answered else None
    )


def redact(world: World, one: int, two: int) -> None:
    """Take the first or the last word out of a text; every fifth time a moderator read an older version."""
    expected = world.pick(one, WAITING, PUBLISHED) if two % 4 else world.pick(one)
    if expected is None:
        return
    row, version = world.row(expected), expected.version - (two % 5 == 1)
    act = partial(
        actions.redact_contribution,
        contribution=row,
        version=version,
        passage=("Text", "more")[two % 2],
        reason=world.reason,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    stands = expected.status in {WAITING, PUBLISHED} and ("Text", "more")[two % 2] in row.body
    if not stands or version != expected.version:
        refused(act)
        return
    act()
    if SHOWN in expected.files:
        expected.files = [expected.version if file == SHOWN else file for file in expected.files]
        world.tell("contribution.files_noted", expected)
    expected.redacted.append(expected.version)
    expected.version, expected.is_unread = expected.version + 1, False
    world.tell("contribution.redacted", expected)


def lift(world: World, one: int, two: int) -> None:
    """Put back what was redacted, in any order; or what was not, or is put back already, or belongs to a text gone."""
    found = [told for told in world.all if told.redacted] if two % 4 else world.all
    if not found:
        return
    expected = found[one % len(found)]
    version = expected.redacted[two % len(expected.redacted)] if expected.redacted else expected.version
    row = world.row(expected)
    act = partial(
        actions.lift_redaction, contribution=row, version=version, by=as_moderator(world.moderator), at=world.at
    )
    is_gone = expected.status == ContributionStatus.WITHDRAWN or not expected.has_text
    if is_gone or version not in expected.redacted:
        refused(act)
        return
    act()
    if version in expected.files:
        expected.files = [SHOWN if file == version else file for file in expected.files]
        world.tell("contribution.files_noted", expected)
    expected.redacted.remove(version)
    expected.version += 1
    expected.put_back = version, expected.version
    world.tell("contribution.unredacted", expected)
    assert (bars_in(row.body) == frozenset()) is (expected.redacted == [])


def redact_again(world: World, one: int, two: int) -> None:
    """Take out again what was put back last: where nothing has changed the text since, and it can be redacted."""
    found = [told for told in world.all if told.put_back[0]] if two % 4 else world.all
    if not found:
        return
    expected = found[one % len(found)]
    version, made = expected.put_back
    act = partial(
        actions.redact_again,
        contribution=world.row(expected),
        version=version,
        reason=world.reason,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    if made != expected.version or expected.status not in {WAITING, PUBLISHED}:
        refused(act)
        return
    act()
    if SHOWN in expected.files:
        expected.files = [version if file == SHOWN else file for file in expected.files]
        world.tell("contribution.files_noted", expected)
    expected.redacted = sorted([*expected.redacted, version])
    expected.version, expected.is_unread = expected.version + 1, False
    world.tell("contribution.redacted", expected)
    assert bars_in(world.row(expected).body)


def lapse(world: World, _one: int, _two: int) -> None:
    """A week goes by for everybody who was asked for an edit."""
    due = [told for told in world.all if told.status == RETURNED]
    assert actions.reopen_lapsed(at=world.at + EDIT_TAKEN) == len(due)
    for told in due:
        told.status = WAITING
        world.tell("contribution.reopened", told)


def decide(world: World, one: int, two: int, status: str, action: Callable[..., None]) -> None:
    """Decide on what waits; every fifth time a moderator read an older version, or looks at what is decided."""
    expected = world.pick(one) if two % 5 == 0 else world.pick(one, WAITING)
    if expected is None:
        return
    version = expected.version - (two % 5 == 1)
    act = partial(
        action, contribution=world.row(expected), version=version, by=as_moderator(world.moderator), at=world.at
    )
    if expected.status != WAITING or version != expected.version:
        refused(act)
        return
    act()
    expected.status = status
    world.tell(f"contribution.{status}", expected)


def erase(world: World, one: int, two: int) -> None:
    """Two moderators erase a text; what waits or has none is refused, and nobody does it alone."""
    expected = world.pick(one)
    if expected is None:
        return
    ground = list(ErasureGround)[two % len(ErasureGround)]
    ask = partial(
        actions.propose_erasure,
        contribution=world.row(expected),
        ground=ground,
        sentence="Ordered.",
        by=world.moderator,
        at=world.at,
    )
    if expected.status in {WAITING, RETURNED} or not expected.has_text:
        refused(ask)
        return
    erasure = ask()
    refused(partial(actions.confirm_erasure, erasure=erasure, by=world.moderator, at=world.at))
    if two % 3 == 0:
        actions.decline_erasure(erasure=erasure, by=world.colleague, at=world.at)
        return
    actions.confirm_erasure(erasure=erasure, by=world.colleague, at=world.at)
    expected.status, expected.has_text, expected.is_unread = ContributionStatus.ERASED, False, False
    expected.files = []
    world.tell("contribution.erased", expected)


def clear(world: World, _one: int, _two: int) -> None:
    """The time to appeal runs out for everything that was refused so far."""
    due = [told for told in world.all if told.status in KEPT_BACK and told.has_text]
    later = world.at + REFUSED_TEXTS_KEPT
    assert actions.clear_refused_texts(at=later, dry_run=True) == len(due)
    assert actions.clear_refused_texts(at=later) == len(due)
    for told in due:
        told.has_text, told.files = False, []
        world.tell("contribution.cleared", told)


def move(world: World, one: int, two: int) -> None:
    expected, to, with_replies = world.pick(one), world.topics[two % len(world.topics)], two % 2 == 0
    if expected is None:
        return
    act = partial(
        actions.move_contribution,
        contribution=world.row(expected),
        to=to,
        with_replies=with_replies,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    possible = to.consultation_id == expected.hearing and to.pk != expected.topic
    if not possible or expected.status not in {WAITING, PUBLISHED}:
        refused(act)
        return
    act()
    replies = [
        other
        for other in world.all
        if other.hearing == expected.hearing and other.root == expected.number != other.number
    ]
    for other in (expected, *(replies if with_replies else ())):
        world.signposts[other.pk, other.topic] = (other, other.root)
        world.signposts.pop((other.pk, to.pk), None)
        other.topic, other.letter = to.pk, None
    expected.root, expected.is_unread = expected.number, False
    for other in () if with_replies else replies:
        other.root = other.number
    world.tell("contribution.moved", expected)


def review(world: World, one: int, two: int) -> None:
    """Let stand what was published by rule; every fifth time a moderator looks at any text."""
    unread = [told for told in world.all if told.is_unread]
    expected = unread[one % len(unread)] if unread and two % 5 else world.pick(one)
    if expected is None:
        return
    act = partial(
        actions.review_contribution,
        contribution=world.row(expected),
        version=expected.version,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    if not expected.is_unread:
        refused(act)
        return
    act()
    expected.is_unread = False
    world.tell("contribution.reviewed", expected)


def await_reading(world: World, one: int, _two: int) -> None:
    """The first reading of a text is undone: it waits to be read again, where it is published and was read."""
    expected = world.pick(one)
    if expected is None:
        return
    row = world.row(expected)
    act = partial(actions.await_reading, contribution=row, by=as_moderator(world.moderator), at=world.at)
    if not row.is_published or expected.is_unread:
        refused(act)
        return
    act()
    expected.is_unread = True
    world.tell("contribution.unread_again", expected)


def read_before_or_after(world: World, one: int, _two: int) -> None:
    """An official lets one hearing publish first, or no longer."""
    hearing = Consultation.objects.get(pk=world.topics[one % len(world.topics)].consultation_id)
    mode = ModerationMode.BEFORE if hearing.pk in world.publishing_first else ModerationMode.AFTER
    text = ConsultationText(title=hearing.title, lede=hearing.lede, moderation_mode=mode)
    revise_consultation(consultation=hearing, text=text, by=world.official, at=world.at)
    world.publishing_first ^= {hearing.pk}


def sequence(_world: World, _one: int, _two: int) -> None:
    sequence_entries()
