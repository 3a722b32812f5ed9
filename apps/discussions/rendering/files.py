"""How the files beside a text are shown: by name, kind and size, or why one is not there."""

from collections.abc import Sequence

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.common.uploads import FileKind
from apps.discussions.models import Attachment
from apps.discussions.rendering.articles import ShownFile
from apps.discussions.rendering.words import reason_in_words


def shown_files(files: Sequence[Attachment], *, link: str, number: int, is_author: bool) -> list[ShownFile]:
    """Return files for a reader of the text; `link` is what stands before the number in their addresses.

    The name of one that is held back is its author's alone: it may say what must not be said.
    """
    return [_shown(row, f"{link}{number}/files/{row.position}/", opens=row.is_shown or is_author) for row in files]


def shown_to_moderators(row: Attachment) -> ShownFile:
    """Return a file that a moderator can open, whether others can or not."""
    text = row.contribution
    url = reverse("discussions:contribution-file", args=[text.consultation.slug, text.number, row.position])
    return _shown(row, url, opens=True)


def _shown(row: Attachment, url: str, *, opens: bool) -> ShownFile:
    if row.is_removed:
        return ShownFile(instead=_("A file was removed, because its author's account was deleted."))
    instead = why_not_there(row)
    if not opens:
        return ShownFile(instead=instead)
    return ShownFile(
        url=url,
        image_url=f"{url}image/" if row.is_image else "",
        name=row.name,
        facts=f"{FileKind(row.kind).label}, {filesizeformat(row.size)}",
        description=row.description,
        instead=instead,
    )


def why_not_there(row: Attachment) -> str:
    """Return why others cannot open a file beside a public text; nothing where they can."""
    if row.is_held:
        words = _("A moderator holds this file back.")
        return f"{words} {reason_in_words(row.held_reason, row.held_sentence)}"
    return _("Its author has left this file out.") if row.is_left_out else ""
