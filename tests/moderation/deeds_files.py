"""What is sent beside texts, and what moderators decide about single files. Drawn as the deeds in `deeds` are."""

from uuid import UUID

from apps.discussions.actions import submit_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Attachment
from apps.moderation.actions import hold_back_file, show_file
from tests import factories
from tests.moderation.deeds import PASSAGE, World
from tests.moderation.desk import SENTENCE, a_reason


def submit_with_file(world: World, one: int, two: int) -> None:
    world.keys += 1
    submit_contribution(
        topic=world.topics[one % len(world.topics)],
        kind=ContributionKind.VIEW,
        body=f"{PASSAGE} drives, {world.keys}, and Per sings.",
        files=[factories.a_file()],
        submission_key=UUID(int=world.keys),
        by=world.writers[two % 2],
        at=world.at,
    )


def _file(one: int) -> Attachment | None:
    files = list(Attachment.objects.select_related("contribution__topic__consultation").order_by("pk"))
    return files[one % len(files)] if files else None


def hold_one(world: World, one: int, two: int) -> None:
    file = _file(one)
    if file is not None:
        told = {"reason": a_reason(), "sentence": SENTENCE}
        hold_back_file(attachment=file, by=world.moderator(two), at=world.at, **told)


def show_one(world: World, one: int, two: int) -> None:
    file = _file(one)
    if file is not None:
        show_file(attachment=file, by=world.moderator(two), at=world.at)


OF_FILES = [submit_with_file, submit_with_file, *[hold_one] * 4, show_one]
