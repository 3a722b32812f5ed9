"""Changes to accounts: opening and changing them, staff roles, organisations, legal holds, erasure."""

from apps.accounts.actions.erasing import clear_sessions, erase_account
from apps.accounts.actions.holds import lift_hold, place_hold
from apps.accounts.actions.opening import (
    change_language,
    change_name,
    give_demo_password,
    note_look_up,
    note_look_up_once_a_day,
    open_account,
    protect_name,
)
from apps.accounts.actions.organisations import (
    confirm_organisation,
    end_organisation,
    refuse_organisation,
    request_organisation,
)
from apps.accounts.actions.roles import end_role, grant_role, turn_roles
from apps.accounts.actions.second_step import give_demo_app, reset_second_step

__all__ = [
    "change_language",
    "change_name",
    "clear_sessions",
    "confirm_organisation",
    "end_organisation",
    "end_role",
    "erase_account",
    "give_demo_app",
    "give_demo_password",
    "grant_role",
    "lift_hold",
    "note_look_up",
    "note_look_up_once_a_day",
    "open_account",
    "place_hold",
    "protect_name",
    "refuse_organisation",
    "request_organisation",
    "reset_second_step",
    "turn_roles",
]
