"""Who may see, write in and run a consultation."""

from apps.consultations.rules.dates import (
    why_not_extend,
    why_not_hear_again,
    why_not_these_phases,
    why_too_short,
)
from apps.consultations.rules.meetings import (
    REMINDED_BEFORE,
    AnyMeeting,
    is_soon,
    what_is_unfit,
    why_no_minutes,
    why_no_signing_up,
    why_not_change,
    why_not_publish_minutes,
    why_not_see_sign_ups,
    why_not_sign_up,
)
from apps.consultations.rules.parties import why_not_invite, why_not_write
from apps.consultations.rules.promises import (
    days_promised,
    why_not_announced_then,
    why_not_open_later,
    why_not_take_back,
)
from apps.consultations.rules.review import why_not_approved, why_not_decide, why_not_discuss
from apps.consultations.rules.roles import (
    why_not_answer_in,
    why_not_copy,
    why_not_draft,
    why_not_edit,
    why_not_of_those_who_write,
    why_not_open_calendar,
    why_not_read,
    why_not_stop,
    why_not_view,
)
from apps.consultations.rules.stages import STEPS, next_steps, why_not_cancel, why_not_step, why_over
from apps.consultations.rules.standing import why_not_edit_news, why_not_keep_box
from apps.consultations.rules.team import (
    EDITING,
    has_owner,
    members_in_force,
    role_in_team,
    why_not_change_team,
    why_not_of_team,
    why_not_see_team,
)
from apps.consultations.rules.writing import is_late, why_not_open, why_not_receive, why_stopped

__all__ = [
    "EDITING",
    "REMINDED_BEFORE",
    "STEPS",
    "AnyMeeting",
    "days_promised",
    "has_owner",
    "is_late",
    "is_soon",
    "members_in_force",
    "next_steps",
    "role_in_team",
    "what_is_unfit",
    "why_no_minutes",
    "why_no_signing_up",
    "why_not_announced_then",
    "why_not_answer_in",
    "why_not_approved",
    "why_not_cancel",
    "why_not_change",
    "why_not_change_team",
    "why_not_copy",
    "why_not_decide",
    "why_not_discuss",
    "why_not_draft",
    "why_not_edit",
    "why_not_edit_news",
    "why_not_extend",
    "why_not_hear_again",
    "why_not_invite",
    "why_not_keep_box",
    "why_not_of_team",
    "why_not_of_those_who_write",
    "why_not_open",
    "why_not_open_calendar",
    "why_not_open_later",
    "why_not_publish_minutes",
    "why_not_read",
    "why_not_receive",
    "why_not_see_sign_ups",
    "why_not_see_team",
    "why_not_sign_up",
    "why_not_step",
    "why_not_stop",
    "why_not_take_back",
    "why_not_these_phases",
    "why_not_view",
    "why_not_write",
    "why_over",
    "why_stopped",
    "why_too_short",
]
