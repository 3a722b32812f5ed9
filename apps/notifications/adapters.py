"""Django's door to the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from apps.common.clock import now
from apps.notifications.actions import queue_mail


class OutboxBackend(BaseEmailBackend):
    """Writes every mail that Django or allauth sends as a row, in the transaction of whoever sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages, one row a recipient; return how many messages."""
        for message in email_messages:
            for address in message.recipients():
                queue_mail(
                    to=address, subject=str(message.subject), body=str(message.body), sender=message.from_email, at=now()
                )
        return len(email_messages)
