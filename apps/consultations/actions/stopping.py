"""The brake: writing stops in a topic or a whole consultation, with a reason that everyone reads."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator, as_official, is_moderator
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.actions.counting import lock_counts
from apps.consultations.enums import WRITING_RESUMED, WRITING_STOPPED
from apps.consultations.errors import StopSentenceMissing
from apps.consultations.models import Consultation, Topic
from apps.ledger.actions import record
from apps.ledger.enums import Kind


@transaction.atomic
def stop_writing(
    *, consultation: Consultation, topic: Topic | None = None, sentence: str, by: User, at: datetime
) -> bool:
    """Let nobody write there from now on; answer False when writing was stopped already, which then stays as it was.

    What was received stays and is decided on as ever. Raises NotAllowed, StopSentenceMissing.
    """
    require("consultations.stop_writing", by, consultation)
    told = one_line(sentence)
    if not told:
        raise StopSentenceMissing
    return _change(consultation, topic, by, at, WRITING_STOPPED, told)


@transaction.atomic
def resume_writing(*, consultation: Consultation, topic: Topic | None = None, by: User, at: datetime) -> bool:
    """Let people write there again, as far as the phases do; answer False when writing was not stopped."""
    require("consultations.stop_writing", by, consultation)
    return _change(consultation, topic, by, at, WRITING_RESUMED, "")


def _change(  # noqa: PLR0913, PLR0917 - what both have in common
    consultation: Consultation, topic: Topic | None, by: User, at: datetime, kind: Kind, sentence: str
) -> bool:
    """Write the sentence where there is another state; the update names the old one, so of two clicks one counts."""
    fields = {"stop_sentence": sentence, "stopped_at": at if sentence else None}
    where = {"stop_sentence": ""} if sentence else {}
    lock_counts(consultation.pk)  # what is being received right now is received before this, or after
    if topic is None:
        places = Consultation.objects.filter(pk=consultation.pk, **where)
        changed = (places if sentence else places.exclude(stop_sentence="")).update(**fields)
    else:
        rooms = Topic.objects.filter(pk=topic.pk, consultation=consultation, **where)
        changed = (rooms if sentence else rooms.exclude(stop_sentence="")).update(**fields)
    if not changed:
        return False
    place = topic or consultation
    place.refresh_from_db(fields=("stop_sentence", "stopped_at"))
    actor = as_moderator(by) if is_moderator(by) else as_official(by)
    topic_id = topic.pk if topic else None
    record(kind, subject=place, by=actor, at=at, consultation_id=consultation.pk, topic_id=topic_id)
    return True
