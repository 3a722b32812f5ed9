"""When a consultation takes what people write."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.consultations.engine.timeline import AnyPhase, last_deadline, next_writing_phase, writing_phase
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation, Stoppable, Topic
from apps.consultations.rules.stages import why_over
from apps.municipality.queries import the_municipality

# Until the municipality has decided it can still hear what came too late.
TAKES_LATE = frozenset({ConsultationStatus.PUBLISHED.value, ConsultationStatus.CONSIDERED.value})


def why_stopped(*places: Stoppable | None) -> Sentence | None:
    """Return the sentence about the first of these places in which writing is stopped, or None.

    In a topic that was merged into another it is stopped for good.
    """
    if any(isinstance(place, Topic) and place.merged_into_id for place in places):
        return _("This topic was merged into another one. Write there.")
    sentence = next((place.stop_sentence for place in places if place and place.stop_sentence), None)
    return sentence and _("Writing is stopped for now: %(sentence)s") % {"sentence": sentence}


def why_not_open(
    consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime, topic: Topic | None = None
) -> Sentence | None:
    """Return why nobody can write at that moment, there or in that topic, or None when people can.

    The moment is the server's.
    """
    if not consultation.is_published:
        return _("The consultation is not published yet.")
    over = why_over(consultation)
    if over is not None:
        return over
    if writing_phase(phases, at) is not None:
        return why_stopped(consultation, topic)
    if next_writing_phase(phases, at) is not None:
        return _("Writing has not opened yet. Come back when the hearing opens.")
    if last_deadline(phases, at) is not None:
        return _("The deadline has passed, so nothing more can be sent.")
    return _("Nobody can write here.")


def is_late(consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime) -> bool:
    """Tell whether what is sent at that moment comes after the deadline as it stands, and is taken all the same."""
    if not consultation.takes_late or consultation.status not in TAKES_LATE:
        return False
    is_over = writing_phase(phases, at) is None and next_writing_phase(phases, at) is None
    return is_over and last_deadline(phases, at) is not None


def why_not_receive(
    consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime, topic: Topic | None = None
) -> Sentence | None:
    """Return why nothing is taken at that moment, on time or late, or None. Who is too late is told how to write."""
    if is_late(consultation, phases, at=at):
        return why_stopped(consultation, topic)
    refused = why_not_open(consultation, phases, at=at, topic=topic)
    is_over = consultation.is_published and not consultation.is_cancelled and writing_phase(phases, at) is None
    if not is_over or next_writing_phase(phases, at) is not None or last_deadline(phases, at) is None:
        return refused
    municipality = the_municipality()
    place = ", ".join(part for part in (municipality.name, municipality.address) if part)
    return _(
        "The deadline has passed, so nothing more can be sent. You can still write by post to %(place)s. Name the "
        "hearing in the letter; it counts as late there too."
    ) % {"place": place}
