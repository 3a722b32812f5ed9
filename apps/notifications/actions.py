"""Writing mail."""

from datetime import datetime
from email.utils import make_msgid

from django.conf import settings
from django.db import transaction

from apps.notifications.models import OutgoingMail


@transaction.atomic
def queue_mail(  # noqa: PLR0913 - what a mail is made of
    *, to: str, subject: str, body: str, at: datetime, sender: str = "", key: str = ""
) -> bool:
    """Write a mail to be sent by the next sweep; answer False when one with that key was written before."""
    row = {
        "subject": " ".join(subject.split()),
        "body": body,
        "sender": sender or settings.DEFAULT_FROM_EMAIL,
        "message_id": make_msgid(domain="civic-forum.invalid"),
        "written_at": at,
        "due_at": at,
    }
    if not key:
        OutgoingMail.objects.create(to=to, **row)
        return True
    _mail, written = OutgoingMail.objects.get_or_create(key=key, to=to, defaults=row)
    return written
