"""What can be in the way of a contribution."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UnfitText(DomainError):
    """The text cannot be received as it is."""

    status = 422


class FileGone(DomainError):
    """There is no such file beside the text any more. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("The file is not there any more: its author left it out, or it was removed."))


class CannotReply(DomainError):
    """There is nothing here to reply to."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("The contribution you reply to is not in this topic. Open the topic again and choose Reply there.")
        )


class CannotAnswer(DomainError):
    """Some of what is to be answered is not shown any more. Nothing was published."""

    status = 422

    def __init__(self, numbers: str) -> None:
        super().__init__(
            _("Not shown any more, so it cannot be answered: no. %(numbers)s. Take it out of the answer, then publish.")
            % {"numbers": numbers}
        )


class NotOneTopic(DomainError):
    """What is to be answered together does not stand in one topic. Nothing was published."""

    status = 422

    def __init__(self, numbers: str) -> None:
        super().__init__(
            _(
                "One answer goes to contributions of one topic. In a different topic stands no. %(numbers)s. Take it "
                "out of the answer and answer it by itself."
            )
            % {"numbers": numbers}
        )


class TooManyAnswered(DomainError):
    """One answer goes to so many only. Nothing was published."""

    status = 422

    def __init__(self, most: int) -> None:
        super().__init__(
            _("One answer goes to at most %(most)s contributions. Divide them between several answers.")
            % {"most": most}
        )


class CorrectedAlready(DomainError):
    """Somebody corrected the answer first. Nothing was published."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("This answer was corrected already, by no. %(number)s. Correct that one, if it is wrong as well.")
            % {"number": number}
        )


class AlreadyDecided(DomainError):
    """Somebody decided first, or the author withdrew."""

    words: Promise | str = _("This contribution no longer waits: it was decided or withdrawn meanwhile.")

    def __init__(self) -> None:
        super().__init__(self.words)


class AlreadyReviewed(AlreadyDecided):
    """Somebody read it first, or it is not shown any more."""

    words = _("This contribution no longer waits to be read: a colleague has read it, or it is not shown any more.")


class AlreadyAnswered(DomainError):
    """Somebody replied to it, so the decision stands."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has replied to it since, so the decision can no longer be taken back. Hide the text instead.")
        )


class EditedSinceRead(DomainError):
    """The text was changed after it was read. Nothing was decided."""

    def __init__(self) -> None:
        super().__init__(_("The text was changed after you opened it. Read both versions below, then decide again."))


class UnfitPassage(DomainError):
    """The passage cannot be redacted as it was given. Nothing was changed."""

    status = 422


class SameTopic(DomainError):
    """It is there already."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The contribution is already in that topic. Choose another one."))


class TopicGone(DomainError):
    """The topic was merged or deleted while somebody wrote. Nothing was received."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This topic was merged into another one or deleted while you wrote. Copy your text, open the hearing "
                "and send it in the topic where it belongs now."
            )
        )


class TopicInUse(DomainError):
    """Somebody wrote in the topic. Nothing was deleted."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "People have written in this topic, so it cannot be deleted: their numbers stand for ever. You can "
                "stop writing in it, or merge it into another topic, where every number goes along."
            )
        )


class CannotMerge(DomainError):
    """These two topics cannot become one. Nothing was merged."""

    status = 422


class MovedMeanwhile(DomainError):
    """Somebody moved it first."""

    def __init__(self) -> None:
        super().__init__(_("It was moved meanwhile. See below where it stands now, then decide again."))


class DestinationGone(DomainError):
    """The topic that it should go to was deleted meanwhile. Nothing was moved."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The topic you chose was deleted just now. Choose another one; nothing was moved yet."))


class CannotLeave(DomainError):
    """It cannot be moved to that consultation. Nothing was moved."""

    status = 422


class HeldText(DomainError):
    """A legal hold is in the way of an erasure."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A legal hold is on this text or on its author, so it cannot be erased now. "
                "Ask an administrator whether the hold can be lifted."
            )
        )


class HeldVoice(DomainError):
    """A legal hold is on a text that staff typed in."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A legal hold is on this text, so it stays as it was typed in, with its scan and its sender. "
                "Ask an administrator whether the hold can be lifted."
            )
        )


class TextErased(DomainError):
    """There is nothing left to hold."""

    def __init__(self) -> None:
        super().__init__(_("The text is erased already."))


class ErasureProposed(DomainError):
    """A colleague was first."""

    def __init__(self) -> None:
        super().__init__(_("It is already proposed to erase this text. Find the proposal in the list of erasures."))


class PausedAlready(DomainError):
    """Their writing is paused there by an earlier decision. Nothing was decided."""

    def __init__(self) -> None:
        super().__init__(
            _("This person's writing is paused there already. Wait until that pause is over, or end it first.")
        )


class ErasureDecided(DomainError):
    """Somebody decided first, or the text is gone."""

    def __init__(self) -> None:
        super().__init__(_("This has been decided already. Load the list of erasures again to see how it stands."))


class NotOneLetter(DomainError):
    """The texts cannot count as one letter. Nothing was changed."""

    status = 422


class LetterChanged(DomainError):
    """What was read is not what stands there any more. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            _("Some of these texts changed or were decided on after you opened the page. Read them again below.")
        )


class TermsChanged(DomainError):
    """The terms of citizen proposals are others than those that somebody read. Nothing was sent."""

    status = 422


class ReasonNeeded(DomainError):
    """Nothing is turned down without a word."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Write in a sentence why it is not done. Its author and everyone else can read it."))


class SameStatus(DomainError):
    """The suggestion stands there already."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("That is its status already. Choose another one, or write another sentence."))


class UnfitVoice(DomainError):
    """What was typed in for somebody cannot be received as it is; `field` is where it stands. Nothing was changed."""

    status = 422

    def __init__(self, field: str, sentence: Promise | str) -> None:
        super().__init__(sentence)
        self.field = field


class NobodyToChangeIt(DomainError):
    """It was typed in or imported, so nobody with an account here can change it. Nothing was decided."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Its author has no account here, so nobody can be asked to change it. Redact a passage, or refuse it.")
        )


class NotCorrectable(DomainError):
    """A moderator was first."""

    def __init__(self) -> None:
        super().__init__(
            _("A moderator has decided on it meanwhile, so how it was typed in can no longer be corrected.")
        )
