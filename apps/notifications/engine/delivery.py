"""What the mail server's complaints mean: try again, or never."""

import smtplib
from dataclasses import dataclass

from apps.notifications.enums import Verdict

PERMANENT = range(500, 600)
LONGEST_PROBLEM = 300


@dataclass(frozen=True)
class Delivery:
    """What came of one attempt. `is_down`: the server itself is the trouble, so the next mail need not be tried."""

    verdict: Verdict
    problem: str = ""
    is_down: bool = False


SENT = Delivery(Verdict.SENT)


def delivery_after(problem: Exception) -> Delivery:
    """Return what an attempt that ended with this problem came to.

    Only what the server says about this recipient or this message is final. Wrong passwords, a refused sender and
    broken connections are the installation's trouble: the mail waits until they are mended.
    """
    words = _words(problem)
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, _answer = next(iter(problem.recipients.values()), (0, b""))
        return Delivery(_verdict(code), words)
    if isinstance(problem, smtplib.SMTPDataError):
        return Delivery(_verdict(problem.smtp_code), words)
    if isinstance(problem, smtplib.SMTPNotSupportedError | ValueError):  # an address or header that cannot be sent
        return Delivery(Verdict.REFUSED, words)
    return Delivery(Verdict.LATER, words, is_down=True)


def _verdict(code: int) -> Verdict:
    return Verdict.REFUSED if code in PERMANENT else Verdict.LATER


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:LONGEST_PROBLEM]
