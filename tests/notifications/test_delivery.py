import smtplib

import pytest
from django.core.mail import BadHeaderError

from apps.notifications.engine.delivery import delivery_after
from apps.notifications.enums import Verdict


@pytest.mark.parametrize(
    ("problem", "verdict", "is_down"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.dk": (550, b"no such user")}), Verdict.REFUSED, False),
        (smtplib.SMTPRecipientsRefused({"a@b.dk": (451, b"come again")}), Verdict.LATER, False),
        (smtplib.SMTPRecipientsRefused({}), Verdict.LATER, False),
        (smtplib.SMTPDataError(554, b"looks like spam"), Verdict.REFUSED, False),
        (smtplib.SMTPDataError(452, b"disk full"), Verdict.LATER, False),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Verdict.REFUSED, False),
        (BadHeaderError("newline"), Verdict.REFUSED, False),
        (UnicodeEncodeError("ascii", "æ", 0, 1, "no"), Verdict.REFUSED, False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Verdict.LATER, True),
        (smtplib.SMTPSenderRefused(550, b"not you", "us@b.dk"), Verdict.LATER, True),
        (smtplib.SMTPConnectError(421, b"busy"), Verdict.LATER, True),
        (smtplib.SMTPServerDisconnected("gone"), Verdict.LATER, True),
        (TimeoutError("stalled"), Verdict.LATER, True),
        (ConnectionRefusedError("nobody home"), Verdict.LATER, True),
    ],
)
def test_only_what_is_said_of_this_mail_is_final(problem: Exception, verdict: Verdict, is_down: bool) -> None:
    delivery = delivery_after(problem)

    assert (delivery.verdict, delivery.is_down) == (verdict, is_down)


def test_the_problem_is_kept_in_few_words() -> None:
    delivery = delivery_after(smtplib.SMTPDataError(554, b"x" * 5_000))

    assert delivery.problem.startswith("SMTPDataError: ")
    assert len(delivery.problem) == 300
