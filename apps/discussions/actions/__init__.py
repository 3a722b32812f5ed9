"""Every change to contributions: receiving, authoring, deciding, erasing, taking names away, and many at once."""

from apps.discussions.actions.agreeing import agree, count_agreements, forget_agreements, take_back_agreement
from apps.discussions.actions.answering import MOST_ANSWERED, correct_answer, publish_answer, publish_joint_answer
from apps.discussions.actions.attaching import Enclosure, clear_stray_files, hold_file, release_file
from apps.discussions.actions.authoring import revise_contribution, withdraw_contribution
from apps.discussions.actions.bulk import Received, name_offsite_authors, receive_many
from apps.discussions.actions.deciding import move_back, move_contribution, publish_contribution, refuse_contribution
from apps.discussions.actions.drafting import Writing, fit_text
from apps.discussions.actions.erasing import (
    clear_refused_texts,
    confirm_erasure,
    decline_erasure,
    hold_contribution,
    propose_erasure,
)
from apps.discussions.actions.hiding import hide_contribution, restore_contribution
from apps.discussions.actions.letters import confirm_letter, divide_letter, tell_apart
from apps.discussions.actions.long_texts import fit_long_text
from apps.discussions.actions.merging import delete_topic, merge_topics
from apps.discussions.actions.moving import keep_in_place, keep_published, move_to_consultation
from apps.discussions.actions.moving_back import move_back_here
from apps.discussions.actions.naming import forget_author, hide_protected_names
from apps.discussions.actions.noticing import screen_what_waits
from apps.discussions.actions.outside import (
    VoiceText,
    enter_voice,
    enter_voices,
    keep_scan,
    scan_columns,
    why_not_voices,
)
from apps.discussions.actions.pausing import (
    Pausing,
    clear_pauses,
    forget_notes_on_pauses,
    forget_pauses_of,
    lift_pause,
    pause_writing,
)
from apps.discussions.actions.proposals import settle_proposals
from apps.discussions.actions.receiving import submit_contribution
from apps.discussions.actions.redacting import lift_redaction, redact_again, redact_contribution
from apps.discussions.actions.returning import reopen_contribution, reopen_lapsed, return_contribution
from apps.discussions.actions.reviewing import await_reading, review_contribution
from apps.discussions.actions.senders import (
    clear_senders,
    correct_voice,
    forget_sender,
    hide_sender_name,
    note_failed_email,
    post_receipt,
    take_out_senders,
)
from apps.discussions.actions.signing import remember_signatures
from apps.discussions.actions.suggesting import set_suggestion_status
from apps.discussions.queries.authors import Author

__all__ = [
    "MOST_ANSWERED",
    "Author",
    "Enclosure",
    "Pausing",
    "Received",
    "VoiceText",
    "Writing",
    "agree",
    "await_reading",
    "clear_pauses",
    "clear_refused_texts",
    "clear_senders",
    "clear_stray_files",
    "confirm_erasure",
    "confirm_letter",
    "correct_answer",
    "correct_voice",
    "count_agreements",
    "decline_erasure",
    "delete_topic",
    "divide_letter",
    "enter_voice",
    "enter_voices",
    "fit_long_text",
    "fit_text",
    "forget_agreements",
    "forget_author",
    "forget_notes_on_pauses",
    "forget_pauses_of",
    "forget_sender",
    "hide_contribution",
    "hide_protected_names",
    "hide_sender_name",
    "hold_contribution",
    "hold_file",
    "keep_in_place",
    "keep_published",
    "keep_scan",
    "lift_pause",
    "lift_redaction",
    "merge_topics",
    "move_back",
    "move_back_here",
    "move_contribution",
    "move_to_consultation",
    "name_offsite_authors",
    "note_failed_email",
    "pause_writing",
    "post_receipt",
    "propose_erasure",
    "publish_answer",
    "publish_contribution",
    "publish_joint_answer",
    "receive_many",
    "redact_again",
    "redact_contribution",
    "refuse_contribution",
    "release_file",
    "remember_signatures",
    "reopen_contribution",
    "reopen_lapsed",
    "restore_contribution",
    "return_contribution",
    "review_contribution",
    "revise_contribution",
    "scan_columns",
    "screen_what_waits",
    "set_suggestion_status",
    "settle_proposals",
    "submit_contribution",
    "take_back_agreement",
    "take_out_senders",
    "tell_apart",
    "why_not_voices",
    "withdraw_contribution",
]
