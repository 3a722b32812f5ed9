"""Who may send a text at this moment, asked where nothing can change any more before it is received."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import require
from apps.consultations.models import Phase, Topic
from apps.consultations.queries import phases_of
from apps.discussions.errors import TopicGone
from apps.discussions.queries.authors import Author
from apps.discussions.queries.pauses import pause_of
from apps.discussions.queries.writers import wrote_last_in


def require_may_write(topic: Topic, author: Author, by: User, at: datetime) -> Sequence[Phase]:
    """Pass those who may write in the topic at this moment; return its consultation's phases."""
    consultation = topic.consultation
    phases = phases_of(consultation)
    require(
        "discussions.submit_contribution",
        by,
        consultation,
        phases=phases,
        is_resident=author.is_resident,
        pause=pause_of(by, consultation, at=at),
        wrote_at=wrote_last_in(topic, by) if consultation.post_pause else None,
        at=at,
        topic=topic,
    )
    return phases


def as_it_stands(topic: Topic) -> Topic:
    """Return the topic as it is in this transaction: writing may have been stopped since the page was asked for."""
    standing = Topic.objects.select_related("consultation").filter(pk=topic.pk).first()
    if standing is None:
        raise TopicGone
    return standing


def require_account(person: User) -> None:
    """Pass somebody whose account still is there, and keep it until this transaction ends.

    One that was deleted since the page was asked for would leave its name beside the text for ever. Two texts of the
    same person are received one after the other: the second is told from when the first is there.
    """
    standing = User.objects.select_for_update(no_key=True).filter(pk=person.pk, is_active=True)
    if not list(standing.values_list("pk")):
        raise NotAllowed(_("Log in first."))
