"""What can be in the way of a decision."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class ClaimedByAnother(DomainError):
    """A colleague has it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s has taken this contribution. What you take yourself goes back after 15 minutes. "
                "Take the next one in the queue."
            )
            % {"name": name}
        )


class Overtaken(DomainError):
    """A decision that something else has happened after, or that is undone already."""

    def __init__(self) -> None:
        super().__init__(
            _("This decision is undone already, or something has happened to the text since. See below how it stands.")
        )


class ReasonMissing(DomainError):
    """A refusal without a reason is none."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Choose a reason and write one sentence that the author and everyone else can read."))


class SentenceMissing(DomainError):
    """A text is shown again without a word on why."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Write one sentence on why it is shown again. Everyone can read it beside the text."))


class TopicMissing(DomainError):
    """A move needs somewhere to go."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Choose the topic that the contribution belongs to."))


class UnfitSentence(DomainError):
    """What the moderator wrote cannot be kept or shown as it is."""

    status = 422


class ReadAlready(DomainError):
    """A colleague was first."""

    def __init__(self) -> None:
        super().__init__(_("A colleague has read this one meanwhile. Here is the next."))


class AlreadySettled(DomainError):
    """Somebody was first."""

    def __init__(self) -> None:
        super().__init__(_("A colleague has decided this already. Take the next one in the list."))


class NothingChosen(DomainError):
    """No text was ticked."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Nothing is settled yet: tick the texts that you mean."))


class UnfitWords(DomainError):
    """What somebody wrote cannot be kept as it is, or is missing."""

    status = 422


class TooLateToAppeal(DomainError):
    """The time to appeal is over, or there is nothing to appeal against."""


class AppealedAlready(DomainError):
    """There is another appeal against the same decision."""

    def __init__(self) -> None:
        super().__init__(
            _("There is an appeal against this decision already. It is decided once: put this letter with the case.")
        )


class NothingLeft(DomainError):
    """What an appeal is about is gone."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The text was taken back, erased or hidden meanwhile, so there is nothing left to decide. "
                "Close the appeal."
            )
        )


class NotOfStaff(DomainError):
    """The person has no staff role."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Choose somebody who has a staff role. An administrator gives roles."))
