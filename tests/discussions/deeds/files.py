"""What becomes of files beside a text: sent with it, held back, shown again, gone with their author."""

from collections.abc import Callable
from functools import partial

from apps.accounts.rules import as_moderator
from apps.discussions import actions
from apps.discussions.enums import FileStatus
from apps.discussions.models import Attachment
from tests import factories
from tests.discussions.deeds.world import BY_HAND, KINDS, REMOVED, SHOWN, Expected, World, refused


def submit_with_files(world: World, one: int, two: int) -> None:
    """What carries files waits for a moderator everywhere."""
    writer = world.writers[two % 2]
    made = actions.submit_contribution(
        topic=world.topics[one % len(world.topics)],
        kind=KINDS[two % 3],
        body=f"Text {world.keys} and more",
        files=[factories.a_file() for _ in range(1 + two % 2)],
        submission_key=world.key(),
        by=writer,
        at=world.at,
    )
    expected = world.add(made, writer)
    expected.files = [SHOWN] * (1 + two % 2)
    world.tell("contribution.received", expected)
    world.tell("contribution.files_noted", expected)


def hold_file(world: World, one: int, two: int) -> None:
    act = partial(actions.hold_file, reason=world.reason, sentence="It shows a child.")
    _turn(world, one, two, act, became=BY_HAND, told="contribution.file_held")


def release_file(world: World, one: int, two: int) -> None:
    _turn(world, one, two, actions.release_file, became=SHOWN, told="contribution.file_released")


def _turn(world: World, one: int, two: int, act: Callable[..., bool], *, became: int, told: str) -> None:
    found = [expected for expected in world.all if expected.files]
    if not found:
        return
    expected = found[one % len(found)]
    place = two % len(expected.files)
    file = Attachment.objects.select_related("contribution__topic").get(contribution=expected.pk, position=place + 1)
    turn = partial(act, attachment=file, by=as_moderator(world.moderator), at=world.at)
    stood = expected.files[place]
    if stood == REMOVED:
        refused(turn)
        return
    if turn() != ((stood == SHOWN) != (became == SHOWN)):
        raise AssertionError(f"A file that stood as {stood} became {became}, or did not")
    if (stood == SHOWN) != (became == SHOWN):
        expected.files[place] = became
        world.tell(told, expected)


def held_as_expected(expected: Expected) -> bool:
    """Tell whether the rows of the files beside a text are as they should be."""
    status = {SHOWN: FileStatus.SHOWN, REMOVED: FileStatus.REMOVED}
    rows = Attachment.objects.filter(contribution=expected.pk).order_by("position").values_list("status", flat=True)
    return list(rows) == [status.get(file, FileStatus.HELD) for file in expected.files]
