"""What moderators, reporters and authors do. Texts are changed, and that is recorded, by `discussions.actions`."""

from apps.moderation.actions.appealing import (
    AppealRuling,
    decide_appeal,
    submit_appeal,
    submit_report_appeal,
)
from apps.moderation.actions.by_letter import PaperAppeal, enter_appeal, post_outcome
from apps.moderation.actions.claiming import (
    claim_contribution,
    look_at,
    look_away,
    release_claims_of,
    release_contribution,
)
from apps.moderation.actions.closing import close_appeal, close_moot_appeals, forget_appeals_of
from apps.moderation.actions.conflicts import end_deputy, name_deputy, note_conflict
from apps.moderation.actions.deciding import Ruling, decide_contribution
from apps.moderation.actions.erasing import clear_old_reports, erase_text, forget_notes_on_cleared
from apps.moderation.actions.files import hold_back_file, show_file
from apps.moderation.actions.letters import settle_letter, split_letter
from apps.moderation.actions.pausing import (
    PauseRuling,
    clear_old_pauses,
    decide_pause_appeal,
    end_pause,
    forget_pauses_of,
    pause_person,
    submit_pause_appeal,
)
from apps.moderation.actions.posting import post_statement
from apps.moderation.actions.publishing import publish_each
from apps.moderation.actions.reporting import Notice, forget_reports_of, settle_reports, submit_report
from apps.moderation.actions.second_reading import give_second_reading
from apps.moderation.actions.undoing import undo_decision

__all__ = [
    "AppealRuling",
    "Notice",
    "PaperAppeal",
    "PauseRuling",
    "Ruling",
    "claim_contribution",
    "clear_old_pauses",
    "clear_old_reports",
    "close_appeal",
    "close_moot_appeals",
    "decide_appeal",
    "decide_contribution",
    "decide_pause_appeal",
    "end_deputy",
    "end_pause",
    "enter_appeal",
    "erase_text",
    "forget_appeals_of",
    "forget_notes_on_cleared",
    "forget_pauses_of",
    "forget_reports_of",
    "give_second_reading",
    "hold_back_file",
    "look_at",
    "look_away",
    "name_deputy",
    "note_conflict",
    "pause_person",
    "post_outcome",
    "post_statement",
    "publish_each",
    "release_claims_of",
    "release_contribution",
    "settle_letter",
    "settle_reports",
    "show_file",
    "split_letter",
    "submit_appeal",
    "submit_pause_appeal",
    "submit_report",
    "submit_report_appeal",
    "undo_decision",
]
