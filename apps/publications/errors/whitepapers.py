"""What can be in the way of a white paper."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.common.errors import DomainError

MOST_NAMED = 20


class PaperLocked(DomainError):
    """The white paper is with a second official, or published: nothing of it is changed as it stands."""


class UnfitPaper(DomainError):
    """Something that an official wrote for the white paper cannot stand as it is. `field` is where it was written."""

    status = 422

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class StatementHasPoints(DomainError):
    """A statement that contributions stand under is not removed."""

    def __init__(self, points: int) -> None:
        super().__init__(
            ngettext(
                "%(points)s point stands under this statement. Move it to another statement first, or take it away.",
                "%(points)s points stand under this statement. Move them to another statement first, or take them "
                "away.",
                points,
            )
            % {"points": points}
        )


class CannotMark(DomainError):
    """A contribution, or this passage of it, cannot be put under a statement."""

    status = 422


class TextChanged(DomainError):
    """The text is another one than the one that was marked."""

    def __init__(self) -> None:
        super().__init__(
            _("The text was changed after you opened it. Load the page again and mark the passage in the new text.")
        )


class CannotWeigh(DomainError):
    """Numbers that cannot be noted or left out."""

    status = 422


class NothingWritten(DomainError):
    """A white paper without an introduction or a statement."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The white paper is empty. Write an introduction or a statement first."))


class NotWeighedYet(DomainError):
    """Statements without a disposition and a reply. `labels` are theirs, in order."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(
            _("These statements have no disposition and reply yet: %(labels)s. Send the white paper back, and reply.")
            % {"labels": shortened(labels)}
        )
        self.labels = tuple(labels)


class NotCovered(DomainError):
    """Contributions that the white paper does not treat. `missing` are their numbers, in order."""

    def __init__(self, missing: Sequence[int]) -> None:
        super().__init__(
            ngettext(
                "%(count)s contribution is neither treated nor noted: no. %(numbers)s. Send the white paper back, and "
                "treat it.",
                "%(count)s contributions are neither treated nor noted: nos. %(numbers)s. Send the white paper back, "
                "and treat them.",
                len(missing),
            )
            % {"count": len(missing), "numbers": shortened([str(number) for number in missing])}
        )
        self.missing = tuple(missing)


def shortened(words: Sequence[str]) -> str:
    """Return a row of words for a sentence, the first twenty of many."""
    return ", ".join(words[:MOST_NAMED]) + (" …" if len(words) > MOST_NAMED else "")
