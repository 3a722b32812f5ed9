"""Threads of any length, made through the house's own bulk action; the texts are all the same, and short."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Topic
from apps.discussions.actions import Author, Received, Writing, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from tests import factories


def fill(topic: Topic, count: int, *, at: datetime, reply_every: int = 3, refuse_every: int = 10) -> list[Contribution]:
    """Return this many contributions to the topic: every third answers one before it, every tenth is refused."""
    author = Author(name="Vera Vind", person=factories.a_writer(at))
    rows = [
        _row(topic, author, step, at=at, reply_every=reply_every, refuse_every=refuse_every) for step in range(count)
    ]
    with _one_text():
        return receive_many(consultation_id=topic.consultation_id, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)


def _row(topic: Topic, author: Author, step: int, *, at: datetime, reply_every: int, refuse_every: int) -> Received:
    number = step + 1
    is_refused = refuse_every and number % refuse_every == 0
    return Received(
        writing=Writing(topic=topic, author=author, kind=list(ContributionKind)[step % 3], body=f"Text {number}"),
        received_at=at + timedelta(seconds=step),
        status=ContributionStatus.REFUSED if is_refused else ContributionStatus.PUBLISHED,
        reason="off_topic" if is_refused else "",
        reply_to=step // 2 if reply_every and step and number % reply_every == 0 else None,
    )


@contextmanager
def _one_text() -> Iterator[None]:
    with patch("apps.discussions.actions.drafting.to_html", lambda text: f"<p>{text}</p>"):
        yield
