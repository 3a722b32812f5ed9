"""Every change to consultations. Writing them, publishing them, and the numbers and counts of their threads."""

from apps.consultations.actions.box import BOX_ADDRESS, open_suggestion_box
from apps.consultations.actions.copying import copy_consultation
from apps.consultations.actions.counting import Numbers, adjust_counts, lock_counts, take_numbers
from apps.consultations.actions.documents import (
    Paper,
    add_document,
    hold_document,
    release_document,
    replace_document,
)
from apps.consultations.actions.english import translate_consultation
from apps.consultations.actions.importing import (
    ImportedTopic,
    add_imported_topics,
    open_imported_consultation,
    set_imported_phase,
)
from apps.consultations.actions.legal import LegalTerms, extend_deadline, set_legal_terms
from apps.consultations.actions.maps import MapPlan, MapShape, read_shapes, set_map
from apps.consultations.actions.meanwhile import save_over
from apps.consultations.actions.meetings import (
    MeetingText,
    announce_meeting,
    call_off_meeting,
    publish_minutes,
    revise_meeting,
)
from apps.consultations.actions.news import NewsText, draft_news, publish_news, revise_news
from apps.consultations.actions.outline import (
    FactText,
    PhaseDates,
    TopicText,
    add_topic,
    revise_topic,
    set_facts,
    set_phases,
)
from apps.consultations.actions.parties import (
    PartyText,
    add_parties,
    invite_party,
    note_answer,
    remove_party,
    revise_party,
)
from apps.consultations.actions.review import (
    approve_draft,
    ask_for_review,
    comment_on_draft,
    send_draft_back,
    settle_comment,
)
from apps.consultations.actions.signing_up import clear_sign_ups, forget_sign_ups, note_reminded, sign_off, sign_up
from apps.consultations.actions.stages import cancel_consultation, note_phase, note_phases, reach_stage
from apps.consultations.actions.stopping import resume_writing, stop_writing
from apps.consultations.actions.team import add_member, change_member, remove_member
from apps.consultations.actions.texts import (
    ConsultationText,
    draft_consultation,
    publish_consultation,
    revise_consultation,
)
from apps.consultations.actions.topics import end_in_another, remove_topic

__all__ = [
    "BOX_ADDRESS",
    "ConsultationText",
    "FactText",
    "ImportedTopic",
    "LegalTerms",
    "MapPlan",
    "MapShape",
    "MeetingText",
    "NewsText",
    "Numbers",
    "Paper",
    "PartyText",
    "PhaseDates",
    "TopicText",
    "add_document",
    "add_imported_topics",
    "add_member",
    "add_parties",
    "add_topic",
    "adjust_counts",
    "announce_meeting",
    "approve_draft",
    "ask_for_review",
    "call_off_meeting",
    "cancel_consultation",
    "change_member",
    "clear_sign_ups",
    "comment_on_draft",
    "copy_consultation",
    "draft_consultation",
    "draft_news",
    "end_in_another",
    "extend_deadline",
    "forget_sign_ups",
    "hold_document",
    "invite_party",
    "lock_counts",
    "note_answer",
    "note_phase",
    "note_phases",
    "note_reminded",
    "open_imported_consultation",
    "open_suggestion_box",
    "publish_consultation",
    "publish_minutes",
    "publish_news",
    "reach_stage",
    "read_shapes",
    "release_document",
    "remove_member",
    "remove_party",
    "remove_topic",
    "replace_document",
    "resume_writing",
    "revise_consultation",
    "revise_meeting",
    "revise_news",
    "revise_party",
    "revise_topic",
    "save_over",
    "send_draft_back",
    "set_facts",
    "set_imported_phase",
    "set_legal_terms",
    "set_map",
    "set_phases",
    "settle_comment",
    "sign_off",
    "sign_up",
    "stop_writing",
    "take_numbers",
    "translate_consultation",
]
