"""Contributions and the traces they leave."""

from apps.discussions.models.agreements import Agreement, AgreementSum
from apps.discussions.models.answers import AnswerLink
from apps.discussions.models.attachments import STANDING, Attachment
from apps.discussions.models.contributions import (
    KEPT_BACK,
    OF_LETTERS,
    UNREAD,
    UNSIGNED,
    WAITING,
    Contribution,
    LetterCluster,
    OffsiteAuthor,
)
from apps.discussions.models.outside import NO_SCAN, SCAN_IS_WHOLE, OutsideVoice, Scanned, SenderAddress
from apps.discussions.models.places import ContributionPlace
from apps.discussions.models.proposals import CitizenProposal
from apps.discussions.models.suggestions import SuggestionStep
from apps.discussions.models.traces import (
    LONGEST_PAUSE_DAYS,
    LetterApart,
    PastText,
    Signpost,
    TextErasure,
    WritingPause,
)

__all__ = [
    "KEPT_BACK",
    "LONGEST_PAUSE_DAYS",
    "NO_SCAN",
    "OF_LETTERS",
    "SCAN_IS_WHOLE",
    "STANDING",
    "UNREAD",
    "UNSIGNED",
    "WAITING",
    "Agreement",
    "AgreementSum",
    "AnswerLink",
    "Attachment",
    "CitizenProposal",
    "Contribution",
    "ContributionPlace",
    "LetterApart",
    "LetterCluster",
    "OffsiteAuthor",
    "OutsideVoice",
    "PastText",
    "Scanned",
    "SenderAddress",
    "Signpost",
    "SuggestionStep",
    "TextErasure",
    "WritingPause",
]
