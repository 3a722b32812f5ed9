"""Every change to consultations. Writing them, publishing them, and the numbers and counts of their threads."""

from apps.consultations.actions.counting import Numbers, adjust_counts, take_numbers
from apps.consultations.actions.writing import (
    ConsultationText,
    PhaseDates,
    TopicText,
    add_document,
    add_meeting,
    add_topic,
    draft_consultation,
    publish_consultation,
    revise_consultation,
    revise_topic,
    set_facts,
    set_phases,
)

__all__ = [
    "ConsultationText",
    "Numbers",
    "PhaseDates",
    "TopicText",
    "add_document",
    "add_meeting",
    "add_topic",
    "adjust_counts",
    "draft_consultation",
    "publish_consultation",
    "revise_consultation",
    "revise_topic",
    "set_facts",
    "set_phases",
    "take_numbers",
]
