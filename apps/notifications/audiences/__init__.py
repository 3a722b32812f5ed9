"""Who is told about what besides contributions.

About residencies, staff roles, organisations, reports and appeals: the person whose it is. About a consultation: those
who follow it. About the queue: moderators, when something in it is overdue.
"""

from apps.notifications.audiences.cases import (
    PAUSE_ITSELF,
    TOLD_OF_CASES,
    TOLD_OF_PAUSES,
    CaseNews,
    Overdue,
    PauseNews,
    case_news_in,
    overdue_news,
    pause_news_in,
)
from apps.notifications.audiences.follows import (
    TOLD_TO_FOLLOWERS,
    Outdated,
    Situation,
    follows_to_tell,
    outdated_follows,
    situation_of,
)
from apps.notifications.audiences.people import (
    NO_NEWS,
    STANDING_AFTER,
    TOLD_OF_ACCOUNT,
    TOLD_OF_RESIDENCY,
    TOLD_OF_ROLE,
    AccountNews,
    ResidencyNews,
    account_news_in,
    residency_news_in,
)

__all__ = [
    "NO_NEWS",
    "PAUSE_ITSELF",
    "STANDING_AFTER",
    "TOLD_OF_ACCOUNT",
    "TOLD_OF_CASES",
    "TOLD_OF_PAUSES",
    "TOLD_OF_RESIDENCY",
    "TOLD_OF_ROLE",
    "TOLD_TO_FOLLOWERS",
    "AccountNews",
    "CaseNews",
    "Outdated",
    "Overdue",
    "PauseNews",
    "ResidencyNews",
    "Situation",
    "account_news_in",
    "case_news_in",
    "follows_to_tell",
    "outdated_follows",
    "overdue_news",
    "pause_news_in",
    "residency_news_in",
    "situation_of",
]
