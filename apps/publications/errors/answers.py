"""What can be in the way of an answer, and of giving somebody something to answer."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitAnswer(DomainError):
    """An answer cannot stand as it is."""

    status = 422


class DraftChangedMeanwhile(DomainError):
    """A colleague changed the draft after this page was opened. Nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A colleague changed this answer after you opened it. What you wrote is still in the form: compare, "
                "then save again."
            )
        )


class DraftGone(DomainError):
    """The draft was thrown away. Nothing was saved."""

    def __init__(self) -> None:
        super().__init__(_("A colleague threw this draft away meanwhile. Copy what you wrote, and answer again."))


class NothingAnswered(DomainError):
    """The draft answers nothing."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The answer is to nothing yet. Choose at least one contribution that it answers."))


class CannotPick(DomainError):
    """Numbers stand for nothing that this draft can answer. Nothing was changed."""

    status = 422


class MovedElsewhere(DomainError):
    """What is to be answered stands in another consultation now. Nothing was published."""

    status = 422

    def __init__(self, numbers: str) -> None:
        super().__init__(
            _(
                "Moved to a different place since, where it is no. %(numbers)s. Take it out of this answer, and answer "
                "it there."
            )
            % {"numbers": numbers}
        )


class UnfitReader(DomainError):
    """This person cannot read the answer as a second official."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Choose a different official, who may answer here as well and has not written the answer as it stands.")
        )


class UnfitAssignee(DomainError):
    """It cannot be given to them to answer. Nothing was changed."""

    status = 422


class CommentNeeded(DomainError):
    """Nothing is sent back without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Write what has to be changed before you send it back."))
