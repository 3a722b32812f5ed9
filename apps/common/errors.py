"""Refusals: errors that carry a sentence for the person who met them."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the house was in the way. The message is a sentence for people that says what to do."""

    status = 409

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(DomainError):
    """This person may not do this, here and now."""

    status = 403
