"""The suggestion box and news, as officials make them."""

from collections.abc import Sequence
from datetime import datetime

from apps.accounts.models import User
from apps.consultations.actions import (
    ConsultationText,
    NewsText,
    TopicText,
    draft_news,
    open_suggestion_box,
    publish_news,
)
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from tests import factories


def a_box(*, at: datetime, topics: Sequence[str] = ("Roads", "Nature"), **said: object) -> Consultation:
    """Return the suggestion box, open to every confirmed account unless said otherwise."""
    words = {"title": "Suggestion box", "lede": "What could be better?", "write_access": WriteAccess.CONFIRMED} | said
    return open_suggestion_box(
        text=ConsultationText(**words),  # type: ignore[arg-type] # as said
        topics=[TopicText(title=title) for title in topics],
        by=factories.an_official(at),
        at=at,
    )


def a_suggestion(box: Consultation, *, at: datetime, body: str = "", by: User | None = None) -> Contribution:
    """Return a suggestion in the first topic that everyone reads."""
    topic = factories.the_topic(box)
    made = factories.a_published(topic, at=at, body=body, kind=ContributionKind.PROPOSAL, by=by)
    return Contribution.stored.select_related("consultation", "topic").get(pk=made.pk)


def a_post(*, at: datetime, title: str = "Merry Christmas", **said: object) -> Consultation:
    """Return a post that everyone reads, below which every confirmed account can write unless said otherwise."""
    words = {"title": title, "body": "The tree is lit.", "write_access": WriteAccess.CONFIRMED} | said
    post = draft_news(text=NewsText(**words), by=factories.an_official(at), at=at)  # type: ignore[arg-type]
    publish_news(post=post, by=factories.an_official(at), at=at)
    return post
