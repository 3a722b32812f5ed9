"""Which files a moderator sees beside a text."""

from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries import every_file_of, files_beside
from apps.moderation.rendering.texts import is_gone


def item_files(contribution: Contribution) -> list[Attachment]:
    """Return all files beside a text, with what its author left out; nothing of a text that is gone."""
    return [] if is_gone(contribution) else every_file_of(contribution)


def files_to_read(contribution: Contribution) -> list[Attachment]:
    """Return the files that stand beside a text, as they came with it; nothing of a text that is gone."""
    return [] if is_gone(contribution) else files_beside(contribution)
