"""The suggestion box: one standing consultation, opened once and then run as others are."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions.outline import PhaseDates, TopicText, add_topic, set_phases
from apps.consultations.actions.texts import ConsultationText, draft_consultation, publish_consultation
from apps.consultations.enums import ConsultationKind
from apps.consultations.errors import BoxIsOpen, NotReady
from apps.consultations.models import Consultation
from apps.consultations.queries import suggestion_box

BOX_ADDRESS = "suggestions"


@transaction.atomic
def open_suggestion_box(*, text: ConsultationText, topics: Sequence[TopicText], by: User, at: datetime) -> Consultation:
    """Make the suggestion box, published and open without end, with these topics.

    Raises BoxIsOpen when there is one, NotReady without topics.
    """
    require("consultations.keep_box", by)
    if suggestion_box() is not None:
        raise BoxIsOpen
    if not topics:
        raise NotReady(_("Name at least one topic, so that people find where to write."))
    box = draft_consultation(text=text, slug=BOX_ADDRESS, kind=ConsultationKind.SUGGESTIONS, by=by, at=at)
    for topic in topics:
        add_topic(consultation=box, text=topic, by=by, at=at)
    phase = PhaseDates(title=_("Open without end"), opens_at=at, accepts_contributions=True)
    set_phases(consultation=box, phases=[phase], by=by, at=at)
    publish_consultation(consultation=box, by=by, at=at)
    return box
