"""Django's door to the outbox."""

from collections.abc import Sequence
from email.utils import parseaddr
from functools import partial

from celery import signature
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts.queries import owner_id
from apps.common.clock import now
from apps.common.nudge import nudge
from apps.notifications.actions import queue_letter_with_limit
from apps.notifications.engine.letters import Letter

SWEEP = "notifications.send_mail"


class OutboxBackend(BaseEmailBackend):
    """Writes every mail that Django or allauth sends as a row, in the transaction of whoever sends it.

    Visitors cause these (signing up, asking for a new password), so one address gets few of each an hour. Mails with
    the same `X-About` count as the same: another language's subject is no other mail. `X-Person` is the account that a
    mail is for; where nobody says it, it is whose address that is. Both stay here.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages, one row a recipient; return how many messages. An address that is none gets nothing."""
        at = now()
        for message in email_messages:
            for recipient in message.recipients():
                if address := _address(recipient):
                    letter = Letter(
                        to=address,
                        subject=str(message.subject),
                        body=str(message.body),
                        sender=message.from_email,
                        person_id=message.extra_headers.get("X-Person") or owner_id(address),
                    )
                    about = str(message.extra_headers.get("X-About", ""))
                    queue_letter_with_limit(letter=letter, at=at, about=about)
        transaction.on_commit(partial(nudge, signature(SWEEP)))
        return len(email_messages)


def _address(recipient: str) -> str:
    address = parseaddr(recipient)[1].lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
