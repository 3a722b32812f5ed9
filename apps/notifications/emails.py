"""Handing a mail to the mail server."""

from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from apps.notifications.engine.delivery import SENT, Delivery, delivery_after
from apps.notifications.models import OutgoingMail


class Transport:
    """One connection to the mail server for a sweep, opened with the first mail and again after a problem."""

    def __enter__(self) -> Self:
        self._connection = get_connection(settings.MAIL_TRANSPORT)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand over one mail; return what the server said. The same mail has the same Message-ID every time."""
        message = EmailMessage(
            subject=mail.subject,
            body=mail.body,
            from_email=mail.sender,
            to=[mail.to],
            headers=_headers(mail),
            connection=self._connection,
        )
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the mail is kept
            self._close()
            return delivery_after(problem)
        return SENT

    def _close(self) -> None:
        try:
            self._connection.close()
        except OSError:  # already gone
            return


def _headers(mail: OutgoingMail) -> dict[str, str]:
    """Mail programs show a button beside a mail that says where its sort is stopped (RFC 2369)."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    return headers | ({"List-Unsubscribe": f"<{mail.stop_link}>"} if mail.stop_link else {})
