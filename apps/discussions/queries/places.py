"""Where contributions stand, by number and place alone, and where they can be moved to."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from apps.consultations.enums import WriteAccess
from apps.consultations.models import Topic
from apps.consultations.queries import open_topics
from apps.discussions.models import Contribution, Signpost


def places_of(ids: Collection[int]) -> dict[int, Contribution]:
    """Return contributions by their ids with number and consultation, and nothing else of them read."""
    rows = Contribution.stored.select_related("consultation")
    return rows.only("number", "consultation__slug", "consultation__title").in_bulk(list(ids))


def sentences_of_moves(ids: Collection[int]) -> dict[tuple[int, datetime], str]:
    """Return what stands at the signposts of these texts, by text and moment; nothing where one was moved back."""
    stood = Signpost.objects.filter(contribution__in=ids).exclude(sentence="")
    return {(pk, at): sentence for pk, at, sentence in stood.values_list("contribution", "moved_at", "sentence")}


def is_written_in(topic: Topic) -> bool:
    """Tell whether anything was ever received in the topic, in whatever state, or a signpost stands or leads there."""
    stood = Signpost.objects.filter(Q(topic=topic) | Q(to_topic=topic))
    return Contribution.stored.filter(topic=topic).exists() or stood.exists()


def contribution_id(slug: str, number: int) -> int | None:
    """Return the id of the text received under that number in the consultation at that address, or None.

    One that was moved to another consultation is meant by its former number as well.
    """
    found = Contribution.stored.filter(consultation__slug=slug, number=number)
    return found.values_list(Coalesce("moved_to", "pk"), flat=True).first()


def topics_to_move_to(contribution: Contribution, *, at: datetime) -> list[Topic]:
    """Return the topics of other consultations that a text can be moved to, latest published first: one query.

    Whatever is open then is among them, be it for a few weeks or for good. Pair: `rules.why_not_move_to`.
    """
    if contribution.is_answer or contribution.offsite_author_id is not None:
        return []
    found = open_topics(at=at).exclude(consultation=contribution.consultation_id)
    if not contribution.author_is_resident:
        found = found.exclude(consultation__write_access=WriteAccess.RESIDENTS)
    return list(found.order_by("-consultation__published_at", "-consultation_id", "position"))
