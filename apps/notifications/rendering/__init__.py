"""Mails in words: short, plain, in the language of whoever reads them."""

from apps.notifications.rendering.followers import letters_about_followed, letters_to_followers
from apps.notifications.rendering.invitations import invitations
from apps.notifications.rendering.letters import (
    letters_about,
    letters_about_accounts,
    letters_about_cases,
    letters_about_meetings,
    letters_about_overdue,
    letters_about_pauses,
    letters_about_proposals,
    letters_about_residencies,
    letters_about_reviews,
    letters_about_teams,
    reminders_of_meetings,
)

__all__ = [
    "invitations",
    "letters_about",
    "letters_about_accounts",
    "letters_about_cases",
    "letters_about_followed",
    "letters_about_meetings",
    "letters_about_overdue",
    "letters_about_pauses",
    "letters_about_proposals",
    "letters_about_residencies",
    "letters_about_reviews",
    "letters_about_teams",
    "letters_to_followers",
    "reminders_of_meetings",
]
