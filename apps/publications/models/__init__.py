"""What officials publish about a consultation, and the texts that they keep for questions that return."""

from apps.publications.models.answers import LONGEST_DEPARTMENT, AnswerDraft, Assignment
from apps.publications.models.decisions import CaseMeeting, CaseMeetingVersion, Recommendation, RecommendationVersion
from apps.publications.models.milestones import Milestone, MilestoneStep
from apps.publications.models.notices import DecisionNotice
from apps.publications.models.paper_versions import LONGEST_OBJECTION, Objection, PaperFile, PaperVersion, Treated
from apps.publications.models.summaries import Citation, Statement, Summary
from apps.publications.models.text_blocks import LONGEST_BLOCK, TextBlock
from apps.publications.models.whitepapers import (
    LONGEST_ARGUMENT,
    LONGEST_CHANGE,
    LONGEST_COMMENT,
    LONGEST_INTRO,
    LONGEST_REFERENCE,
    LONGEST_REPLY,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    PaperStatement,
    Point,
    Weighing,
    WhitePaper,
)

__all__ = [
    "LONGEST_ARGUMENT",
    "LONGEST_BLOCK",
    "LONGEST_CHANGE",
    "LONGEST_COMMENT",
    "LONGEST_DEPARTMENT",
    "LONGEST_INTRO",
    "LONGEST_OBJECTION",
    "LONGEST_REFERENCE",
    "LONGEST_REPLY",
    "LONGEST_SENTENCE",
    "LONGEST_TITLE",
    "AnswerDraft",
    "Assignment",
    "CaseMeeting",
    "CaseMeetingVersion",
    "Citation",
    "DecisionNotice",
    "Milestone",
    "MilestoneStep",
    "Objection",
    "PaperFile",
    "PaperStatement",
    "PaperVersion",
    "Point",
    "Recommendation",
    "RecommendationVersion",
    "Statement",
    "Summary",
    "TextBlock",
    "Treated",
    "Weighing",
    "WhitePaper",
]
