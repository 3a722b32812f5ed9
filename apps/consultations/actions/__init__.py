"""Every change to consultations. Writing them, publishing them, and the numbers and counts of their threads."""

from apps.consultations.actions.counting import Numbers, adjust_counts, lock_counts, take_numbers
from apps.consultations.actions.importing import (
    ImportedTopic,
    add_imported_topics,
    open_imported_consultation,
    set_imported_phase,
)
from apps.consultations.actions.legal import LegalTerms, extend_deadline, set_legal_terms
from apps.consultations.actions.outline import (
    PhaseDates,
    TopicText,
    add_topic,
    revise_topic,
    set_facts,
    set_phases,
)
from apps.consultations.actions.papers import add_document, add_meeting
from apps.consultations.actions.stopping import resume_writing, stop_writing
from apps.consultations.actions.texts import (
    ConsultationText,
    draft_consultation,
    publish_consultation,
    revise_consultation,
)

__all__ = [
    "ConsultationText",
    "ImportedTopic",
    "LegalTerms",
    "Numbers",
    "PhaseDates",
    "TopicText",
    "add_document",
    "add_imported_topics",
    "add_meeting",
    "add_topic",
    "adjust_counts",
    "draft_consultation",
    "extend_deadline",
    "lock_counts",
    "open_imported_consultation",
    "publish_consultation",
    "resume_writing",
    "revise_consultation",
    "revise_topic",
    "set_facts",
    "set_imported_phase",
    "set_legal_terms",
    "set_phases",
    "stop_writing",
    "take_numbers",
]
