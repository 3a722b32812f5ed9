"""A mail server of the tests: it takes what it is given, or complains as it is told."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class PostOffice(BaseEmailBackend):
    """Keeps what was sent, and asks `answer` before it takes a message."""

    taken: ClassVar[list[EmailMessage]] = []
    answer: ClassVar[Callable[[EmailMessage], Any]]

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            message.message()  # what cannot be written as a mail fails here, as it does with a real server
            type(self).answer(message)
            self.taken.append(message)
        return len(email_messages)

    @classmethod
    def opens(cls) -> None:
        """Begin a day: nothing taken yet, and no complaints."""
        cls.taken.clear()
        cls.says(lambda _message: None)

    @classmethod
    def says(cls, answer: Callable[[EmailMessage], Any]) -> None:
        """Let it answer so from now on."""
        cls.answer = staticmethod(answer)

    @classmethod
    def complains(cls, problem: BaseException) -> None:
        """Let it refuse everything with this problem."""

        def answer(_message: EmailMessage) -> None:
            raise problem

        cls.says(answer)

    @classmethod
    def addresses(cls) -> list[str]:
        """Return to whom mail was taken, in order."""
        return [message.to[0] for message in cls.taken]
